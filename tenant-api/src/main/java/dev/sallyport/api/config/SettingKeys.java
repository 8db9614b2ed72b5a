package dev.sallyport.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The closed list of what can be configured. */
final class SettingKeys {
    static final SettingKey<Path> DATA = new SettingKey<>(
            "data",
            SettingType.PATH,
            "./data",
            "--data",
            "The folder of everything that is kept on this machine: postgres, keys, models, reports.");
    static final SettingKey<String> NODE_NAME = new SettingKey<>(
            "node.name", SettingType.NAME, "node-1", null, "This node's name in records; stable over restarts.");
    static final SettingKey<String> NODE_REGION = new SettingKey<>(
            "node.region",
            SettingType.TEXT,
            null,
            null,
            "The region in which this node processes, a fact for policies.");

    static final SettingKey<String> SERVER_HOST = new SettingKey<>(
            "server.host", SettingType.TEXT, "127.0.0.1", null, "The address that REST listens on; loopback only.");
    static final SettingKey<Integer> SERVER_PORT = new SettingKey<>(
            "server.port",
            SettingType.integer(0, 65535),
            "8000",
            "--port",
            "The port of REST. 0 picks a free one, and one for management too.");
    static final SettingKey<Integer> SERVER_EVENT_LOOPS = new SettingKey<>(
            "server.eventLoops",
            SettingType.integer(0, 64),
            "0",
            null,
            "Event loops that serve requests; 0 means one a core, at most 8.");
    static final SettingKey<Integer> SERVER_MAX_BODY_BYTES = new SettingKey<>(
            "server.maxBodyBytes",
            SettingType.integer(1024, 1 << 30),
            "8388608",
            null,
            "The longest request body, in bytes as sent.");
    static final SettingKey<Integer> SERVER_MAX_INFLATED_BYTES = new SettingKey<>(
            "server.maxInflatedBytes",
            SettingType.integer(1024, 1 << 30),
            "33554432",
            null,
            "The longest request body, in bytes after decompression.");
    static final SettingKey<Integer> SERVER_BODY_MEMORY = new SettingKey<>(
            "server.bodyMemory",
            SettingType.integer(0, Integer.MAX_VALUE),
            "0",
            null,
            "Bytes of request bodies that are held at once; beyond, calls get 503. 0 means a sixteenth of the heap, and at least the longest body.");
    /** What 8 MB take at 7 Mbit/s; longer, and a slow sender only holds memory. */
    static final SettingKey<Duration> SERVER_BODY_TIMEOUT = new SettingKey<>(
            "server.bodyTimeout",
            SettingType.DURATION,
            "10s",
            null,
            "How long a request body may take to arrive before it is answered 408.");
    /**
     * The body's ten seconds and the five that an answer waits for its record: a store that stalls is told of while clients,
     * which usually give up after 30 or 60, still listen.
     */
    static final SettingKey<Duration> SERVER_CALL_TIMEOUT = new SettingKey<>(
            "server.callTimeout",
            SettingType.DURATION,
            "15s",
            null,
            "How long a call may take, its body included, before it is answered 503.");

    static final SettingKey<String> MANAGEMENT_HOST = new SettingKey<>(
            "management.host",
            SettingType.TEXT,
            "127.0.0.1",
            null,
            "The address that livez, readyz and metrics listen on; loopback only.");
    static final SettingKey<Integer> MANAGEMENT_PORT = new SettingKey<>(
            "management.port",
            SettingType.integer(0, 65535),
            "8002",
            "--management-port",
            "The port of livez, readyz and metrics. 0 picks a free one.");

    static final SettingKey<String> DATABASE_URL = new SettingKey<>(
            "database.url",
            SettingType.TEXT,
            null,
            null,
            "JDBC URL of a Postgres of one's own, without user and password; absent: the embedded one.");
    static final SettingKey<Long> DATABASE_CAPACITY = new SettingKey<>(
            "database.capacity",
            SettingType.BYTES,
            null,
            null,
            "How large a database of one's own may grow, such as 500GB: alerts come at 80 and 90 % of it; absent: none.");
    static final SettingKey<Secret> DATABASE_DOOR = password("door");
    static final SettingKey<Secret> DATABASE_APP = password("app");
    static final SettingKey<Secret> DATABASE_LEDGER_WRITER = password("ledgerWriter");
    static final SettingKey<Secret> DATABASE_SEQUENCER = password("sequencer");
    static final SettingKey<Secret> DATABASE_JANITOR = password("janitor");
    static final SettingKey<Secret> DATABASE_AUDITOR = password("auditor");
    static final SettingKey<String> DATABASE_OWNER_USER = new SettingKey<>(
            "database.owner.user",
            SettingType.TEXT,
            null,
            null,
            "The role that owns the schema; used by migrate, refused by serve.");
    static final SettingKey<Secret> DATABASE_OWNER_PASSWORD = new SettingKey<>(
            "database.owner.password",
            SettingType.SECRET,
            null,
            null,
            "The owner's password; used by migrate, refused by serve.");

    static final SettingKey<Integer> WORKERS_THREADS = new SettingKey<>(
            "workers.threads", SettingType.integer(0, 256), "0", null, "Threads that run models; 0 means one a core.");
    static final SettingKey<Integer> WORKERS_MAX_BATCH_ROWS = new SettingKey<>(
            "workers.maxBatchRows",
            SettingType.integer(1, 4096),
            "32",
            null,
            "Rows that a lane puts together in one run of a model.");
    static final SettingKey<Integer> WORKERS_QUEUE_LIMIT = new SettingKey<>(
            "workers.queueLimit",
            SettingType.integer(1, 1_000_000),
            "1024",
            null,
            "Calls that may wait for one model version; more are answered 503.");

    static final SettingKey<Integer> LEDGER_QUEUE_LIMIT = new SettingKey<>(
            "ledger.queueLimit",
            SettingType.integer(1, 1_000_000),
            "4096",
            null,
            "Records that may wait for a flush; more are answered 503.");
    static final SettingKey<Duration> LEDGER_LEASE = new SettingKey<>(
            "ledger.lease",
            SettingType.DURATION,
            "10s",
            null,
            "How long a node may be silent before the others give it up, at least 1s; the same on all.");
    static final SettingKey<Path> LEDGER_TRACE = new SettingKey<>(
            "ledger.trace",
            SettingType.PATH,
            null,
            null,
            "A file to which each step of each flush is told, for finding out what a crash has hit; it grows without end.");

    static final SettingKey<LogFormat> LOG_FORMAT = new SettingKey<>(
            "log.format",
            SettingType.oneOf(LogFormat.class),
            "auto",
            null,
            "Log lines as text or as ECS JSON; auto means text on a terminal, JSON otherwise.");
    static final SettingKey<LogLevel> LOG_LEVEL = new SettingKey<>(
            "log.level", SettingType.oneOf(LogLevel.class), "info", null, "The least severe log lines written.");
    static final SettingKey<String> LOG_ORIGIN = new SettingKey<>(
            "log.origin",
            SettingType.NOTE_NAME,
            null,
            null,
            "The transparency log's name, which its keys and checkpoints carry; fixed when the log begins. Absent: one is made up.");
    static final SettingKey<Boolean> LOG_WITNESS_ENABLED = new SettingKey<>(
            "log.witness.enabled",
            SettingType.FLAG,
            "true",
            null,
            "Whether checkpoints of the transparency log are kept apart from the database.");
    static final SettingKey<Path> LOG_WITNESS_FILE = new SettingKey<>(
            "log.witness.file",
            SettingType.PATH,
            null,
            null,
            "The file to which checkpoints are appended, best on another volume or machine; absent: witness/checkpoints in the data folder.");
    static final SettingKey<Duration> LOG_WITNESS_EVERY = new SettingKey<>(
            "log.witness.every",
            SettingType.DURATION,
            "60s",
            null,
            "The least time between two checkpoints for the witness.");
    static final SettingKey<URI> LOG_WITNESS_URL = new SettingKey<>(
            "log.witness.url",
            SettingType.HTTP_URL,
            null,
            null,
            "The submission prefix of a witness that speaks C2SP tlog-witness.");
    static final SettingKey<String> LOG_WITNESS_KEY = new SettingKey<>(
            "log.witness.key",
            SettingType.COSIGNATURE_KEY,
            null,
            null,
            "The key with which that witness cosigns, name+id+base64; needed with log.witness.url.");
    static final SettingKey<Boolean> METRICS_TENANT_LABEL = new SettingKey<>(
            "metrics.tenantLabel",
            SettingType.FLAG,
            "false",
            null,
            "Whether metrics carry the tenant as a label: as many series more as there are tenants.");

    static final SettingKey<Duration> SHUTDOWN_DELAY = new SettingKey<>(
            "shutdown.delay",
            SettingType.DURATION,
            "1s",
            null,
            "How long the server answers on after it has said that it is not ready.");
    static final SettingKey<Duration> SHUTDOWN_DRAIN = new SettingKey<>(
            "shutdown.drain",
            SettingType.DURATION,
            "20s",
            null,
            "How long calls under way may take to finish before the server stops.");

    /** Every key, in the order in which it is printed and documented. */
    static final List<SettingKey<?>> ALL = List.of(
            DATA,
            NODE_NAME,
            NODE_REGION,
            SERVER_HOST,
            SERVER_PORT,
            SERVER_EVENT_LOOPS,
            SERVER_MAX_BODY_BYTES,
            SERVER_MAX_INFLATED_BYTES,
            SERVER_BODY_MEMORY,
            SERVER_BODY_TIMEOUT,
            SERVER_CALL_TIMEOUT,
            MANAGEMENT_HOST,
            MANAGEMENT_PORT,
            DATABASE_URL,
            DATABASE_CAPACITY,
            DATABASE_DOOR,
            DATABASE_APP,
            DATABASE_LEDGER_WRITER,
            DATABASE_SEQUENCER,
            DATABASE_JANITOR,
            DATABASE_AUDITOR,
            DATABASE_OWNER_USER,
            DATABASE_OWNER_PASSWORD,
            WORKERS_THREADS,
            WORKERS_MAX_BATCH_ROWS,
            WORKERS_QUEUE_LIMIT,
            LEDGER_QUEUE_LIMIT,
            LEDGER_LEASE,
            LEDGER_TRACE,
            LOG_FORMAT,
            LOG_LEVEL,
            LOG_ORIGIN,
            LOG_WITNESS_ENABLED,
            LOG_WITNESS_FILE,
            LOG_WITNESS_EVERY,
            LOG_WITNESS_URL,
            LOG_WITNESS_KEY,
            METRICS_TENANT_LABEL,
            SHUTDOWN_DELAY,
            SHUTDOWN_DRAIN);

    private SettingKeys() {}

    private static SettingKey<Secret> password(String role) {
        return new SettingKey<>(
                "database.passwords." + role,
                SettingType.SECRET,
                null,
                null,
                "Password of the role with that name on a Postgres of one's own; needed with database.url.");
    }
}
