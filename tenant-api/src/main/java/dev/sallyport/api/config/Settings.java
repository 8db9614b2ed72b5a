package dev.sallyport.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration as values.
 *
 * @param data the folder of everything kept on this machine
 * @param node who this node is
 * @param server the server for tenants, administrators and auditors
 * @param management the server for livez, readyz and metrics
 * @param database a Postgres of one's own; empty for the embedded one
 * @param workers how models are run
 * @param ledger how records are written
 * @param log what is logged and how
 * @param transparencyLog the log that outsiders check
 * @param tenantLabel whether metrics carry the tenant
 * @param shutdown how the server stops
 */
public record Settings(
        Path data,
        Node node,
        Server server,
        Management management,
        Optional<Database> database,
        Workers workers,
        Ledger ledger,
        Log log,
        TransparencyLog transparencyLog,
        boolean tenantLabel,
        Shutdown shutdown) {

    /**
     * Who this node is.
     *
     * @param name in records, stable over restarts
     * @param region where it processes; empty where nobody said
     */
    public record Node(String name, Optional<String> region) {}

    /**
     * The server for tenants, administrators and auditors.
     *
     * @param host a loopback address
     * @param port 0 for any free one
     * @param eventLoops positive
     * @param maxBodyBytes as sent
     * @param maxInflatedBytes after decompression
     * @param bodyMemory bytes of bodies held at once; 0 for a share of the heap
     * @param bodyTimeout how long a body may take to arrive
     * @param callTimeout how long a call may take
     */
    public record Server(
            String host,
            int port,
            int eventLoops,
            int maxBodyBytes,
            int maxInflatedBytes,
            int bodyMemory,
            Duration bodyTimeout,
            Duration callTimeout) {}

    /**
     * The server for livez, readyz and metrics.
     *
     * @param host a loopback address
     * @param port 0 for any free one
     */
    public record Management(String host, int port) {}

    /**
     * A Postgres of one's own.
     *
     * @param url JDBC URL without credentials
     * @param passwords by role, named as in Postgres, for example {@code ledger_writer}; every serving role's
     * @param owner who migrates; empty while serving
     * @param capacity bytes that it may grow to; empty where nobody said
     */
    public record Database(String url, Map<String, Secret> passwords, Optional<Owner> owner, Optional<Long> capacity) {
        /** Copies the map. */
        public Database {
            passwords = Map.copyOf(passwords);
        }
    }

    /**
     * The role that owns the schema.
     *
     * @param user its name
     * @param password its password
     */
    public record Owner(String user, Secret password) {}

    /**
     * How models are run.
     *
     * @param threads positive
     * @param maxBatchRows rows in one run, positive
     * @param queueLimit calls that may wait for one model version, positive
     */
    public record Workers(int threads, int maxBatchRows, int queueLimit) {}

    /**
     * How records are written.
     *
     * @param queueLimit records that may wait for a flush, positive
     * @param lease how long a node may be silent before the others give it up
     * @param trace where its events are told; empty for nowhere
     */
    public record Ledger(int queueLimit, Duration lease, Optional<Path> trace) {}

    /**
     * What is logged and how.
     *
     * @param format text or JSON
     * @param level the least severe events
     */
    public record Log(LogFormat format, LogLevel level) {}

    /**
     * The log that outsiders check.
     *
     * @param origin its name; empty for the one that it has or is given when it begins
     * @param witness where checkpoints go; empty for nowhere
     */
    public record TransparencyLog(Optional<String> origin, Optional<Witness> witness) {}

    /**
     * Where checkpoints go.
     *
     * @param file where they are appended
     * @param every the least time between two
     * @param url a witness over HTTP; empty for none
     * @param key the key with which it cosigns; there with the URL
     */
    public record Witness(Path file, Duration every, Optional<URI> url, Optional<String> key) {}

    /**
     * How the server stops.
     *
     * @param delay between not being ready and refusing calls
     * @param drain for calls under way
     */
    public record Shutdown(Duration delay, Duration drain) {}
}
