package dev.sallyport.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts the single values together and checks what no single key can check. */
final class SettingsReader {
    private static final int MOST_EVENT_LOOPS = 8;
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Map<String, SettingKey<Secret>> PASSWORDS = new LinkedHashMap<>();

    static {
        PASSWORDS.put("door", SettingKeys.DATABASE_DOOR);
        PASSWORDS.put("app", SettingKeys.DATABASE_APP);
        PASSWORDS.put("ledger_writer", SettingKeys.DATABASE_LEDGER_WRITER);
        PASSWORDS.put("sequencer", SettingKeys.DATABASE_SEQUENCER);
        PASSWORDS.put("janitor", SettingKeys.DATABASE_JANITOR);
        PASSWORDS.put("auditor", SettingKeys.DATABASE_AUDITOR);
    }

    private final Map<SettingKey<?>, Object> values;
    private final List<ConfigProblem> problems;

    SettingsReader(Map<SettingKey<?>, Object> values, List<ConfigProblem> problems) {
        this.values = values;
        this.problems = problems;
    }

    Settings read(int processors) {
        return new Settings(
                get(SettingKeys.DATA),
                node(),
                server(processors),
                new Settings.Management(loopback(SettingKeys.MANAGEMENT_HOST), managementPort()),
                database(),
                new Settings.Workers(
                        or(get(SettingKeys.WORKERS_THREADS), processors),
                        get(SettingKeys.WORKERS_MAX_BATCH_ROWS),
                        get(SettingKeys.WORKERS_QUEUE_LIMIT)),
                new Settings.Ledger(
                        get(SettingKeys.LEDGER_QUEUE_LIMIT),
                        get(SettingKeys.LEDGER_LEASE),
                        find(SettingKeys.LEDGER_TRACE)),
                new Settings.Log(get(SettingKeys.LOG_FORMAT), get(SettingKeys.LOG_LEVEL)),
                new Settings.TransparencyLog(find(SettingKeys.LOG_ORIGIN), witness()),
                get(SettingKeys.METRICS_TENANT_LABEL),
                new Settings.Shutdown(get(SettingKeys.SHUTDOWN_DELAY), get(SettingKeys.SHUTDOWN_DRAIN)));
    }

    private Settings.Node node() {
        String name = get(SettingKeys.NODE_NAME);
        if (!NODE_NAME.matcher(name).matches()) {
            fault(SettingKeys.NODE_NAME, "must be 1 to 63 of A-Z, a-z, 0-9, dot, hyphen and underscore");
        }
        return new Settings.Node(name, find(SettingKeys.NODE_REGION));
    }

    private Optional<Settings.Witness> witness() {
        Optional<URI> url = find(SettingKeys.LOG_WITNESS_URL);
        Optional<String> key = find(SettingKeys.LOG_WITNESS_KEY);
        if (url.isPresent() && key.isEmpty()) {
            fault(
                    SettingKeys.LOG_WITNESS_KEY,
                    "is needed with log.witness.url: what that witness answers is checked by it");
        }
        if (key.isPresent() && url.isEmpty()) {
            fault(SettingKeys.LOG_WITNESS_URL, "is needed with log.witness.key");
        }
        if (get(SettingKeys.LOG_WITNESS_EVERY).isZero()) {
            fault(SettingKeys.LOG_WITNESS_EVERY, "must be longer than nothing");
        }
        Path file = find(SettingKeys.LOG_WITNESS_FILE)
                .orElseGet(() -> get(SettingKeys.DATA).resolve("witness").resolve("checkpoints"));
        return get(SettingKeys.LOG_WITNESS_ENABLED)
                ? Optional.of(new Settings.Witness(file, get(SettingKeys.LOG_WITNESS_EVERY), url, key))
                : Optional.empty();
    }

    private Settings.Server server(int processors) {
        return new Settings.Server(
                loopback(SettingKeys.SERVER_HOST),
                get(SettingKeys.SERVER_PORT),
                or(get(SettingKeys.SERVER_EVENT_LOOPS), Math.min(processors, MOST_EVENT_LOOPS)),
                get(SettingKeys.SERVER_MAX_BODY_BYTES),
                get(SettingKeys.SERVER_MAX_INFLATED_BYTES),
                bodyMemory(),
                get(SettingKeys.SERVER_BODY_TIMEOUT),
                get(SettingKeys.SERVER_CALL_TIMEOUT));
    }

    /** The longest body must find room, as sent and decompressed, or it could never be sent. */
    private int bodyMemory() {
        int chosen = get(SettingKeys.SERVER_BODY_MEMORY);
        long longest = (long) get(SettingKeys.SERVER_MAX_BODY_BYTES) + get(SettingKeys.SERVER_MAX_INFLATED_BYTES);
        if (chosen != 0 && chosen < longest) {
            fault(
                    SettingKeys.SERVER_BODY_MEMORY,
                    "must be 0 or at least server.maxBodyBytes and server.maxInflatedBytes together, " + longest);
        }
        return chosen;
    }

    /** Port 0 for REST asks for free ports altogether, unless management's was chosen too. */
    private int managementPort() {
        int port = get(SettingKeys.MANAGEMENT_PORT);
        boolean chosen = port != Integer.parseInt(Objects.requireNonNull(SettingKeys.MANAGEMENT_PORT.fallback()));
        return get(SettingKeys.SERVER_PORT) == 0 && !chosen ? 0 : port;
    }

    private Optional<Settings.Database> database() {
        Map<String, Secret> passwords = new LinkedHashMap<>();
        PASSWORDS.forEach((role, key) -> find(key).ifPresent(secret -> passwords.put(role, secret)));
        Optional<Settings.Owner> owner = find(SettingKeys.DATABASE_OWNER_USER)
                .flatMap(user -> find(SettingKeys.DATABASE_OWNER_PASSWORD).map(p -> new Settings.Owner(user, p)));
        Optional<String> url = find(SettingKeys.DATABASE_URL);
        Optional<Long> capacity = find(SettingKeys.DATABASE_CAPACITY);
        if (url.isEmpty() && capacity.isPresent()) {
            fault(SettingKeys.DATABASE_CAPACITY, "is for a database of one's own: it needs database.url");
        }
        if (url.isEmpty() && (!passwords.isEmpty() || owner.isPresent())) {
            fault(SettingKeys.DATABASE_URL, "is needed where database passwords are given");
        }
        url.filter(u -> !u.startsWith("jdbc:postgresql:"))
                .ifPresent(u -> fault(SettingKeys.DATABASE_URL, "must begin with jdbc:postgresql:"));
        url.filter(u -> u.contains("password=") || u.contains("user=") || u.contains("@"))
                .ifPresent(u -> fault(SettingKeys.DATABASE_URL, "must not carry a user or a password"));
        if (url.isPresent()) {
            PASSWORDS.forEach((role, key) -> {
                if (!values.containsKey(key)) {
                    fault(key, "is needed where database.url is given");
                }
            });
        }
        return url.map(u -> new Settings.Database(u, passwords, owner, capacity));
    }

    private String loopback(SettingKey<String> key) {
        String host = get(key);
        if (!host.equals("localhost") && !host.equals("::1") && !host.matches("127(\\.\\d{1,3}){3}")) {
            fault(
                    key,
                    "plain text is served on loopback only: use 127.0.0.1, ::1 or localhost"
                            + " and put a proxy that ends TLS in front; TLS here is not supported yet");
        }
        return host;
    }

    private void fault(SettingKey<?> key, String sentence) {
        problems.add(new ConfigProblem("configuration", key.path(), sentence));
    }

    private static int or(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }

    private <T> T get(SettingKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException("no default for " + key.path()));
    }

    // The loader stores for each key what that key's own type has read.
    @SuppressWarnings("unchecked")
    private <T> Optional<T> find(SettingKey<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }
}
