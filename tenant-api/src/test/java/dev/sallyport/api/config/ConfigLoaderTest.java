package dev.sallyport.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    /** Names every key. */
    private static final String EVERY_KEY = """
            data: /srv/sallyport
            node:
              name: node-7
              region: eu-central-1
            server:
              host: 127.0.0.2
              port: 9000
              eventLoops: 3
              maxBodyBytes: 2048
              maxInflatedBytes: 4096
              bodyMemory: 8192
              bodyTimeout: 3s
              callTimeout: 5s
            management:
              host: localhost
              port: 9002
            database:
              url: jdbc:postgresql://db.example/sallyport
              capacity: 500GB
              passwords:
                door: one
                app: two
                ledgerWriter: three
                sequencer: four
                janitor: five
                auditorFile: %s
              owner:
                user: owner
                password: seven
            workers:
              threads: 5
              maxBatchRows: 16
              queueLimit: 99
            ledger:
              queueLimit: 77
              lease: 7s
              trace: /var/log/flushes
            log:
              format: json
              level: warn
              origin: log.example/sallyport
              witness:
                enabled: true
                file: /mnt/apart/checkpoints
                every: 90s
                url: https://witness.example/w
                key: witness.example/w+bbabb70a+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea
            metrics:
              tenantLabel: true
            shutdown:
              delay: PT2S
              drain: 500ms
            """;

    @TempDir
    Path folder;

    @Test
    void file_namingEveryKey_isReadWhole() throws IOException {
        Path secret = Files.writeString(folder.resolve("auditor"), "six\n");
        String yaml = EVERY_KEY.formatted(secret);
        Settings settings = loaded(yaml, Map.of(), Map.of()).settings();

        assertThat(settings.data()).isEqualTo(Path.of("/srv/sallyport"));
        assertThat(settings.node()).isEqualTo(new Settings.Node("node-7", Optional.of("eu-central-1")));
        assertThat(settings.server())
                .isEqualTo(new Settings.Server(
                        "127.0.0.2", 9000, 3, 2048, 4096, 8192, Duration.ofSeconds(3), Duration.ofSeconds(5)));
        assertThat(settings.management()).isEqualTo(new Settings.Management("localhost", 9002));
        Settings.Database database = settings.database().orElseThrow();
        assertThat(database.url()).isEqualTo("jdbc:postgresql://db.example/sallyport");
        assertThat(database.passwords())
                .isEqualTo(Map.of(
                        "door", new Secret("one"),
                        "app", new Secret("two"),
                        "ledger_writer", new Secret("three"),
                        "sequencer", new Secret("four"),
                        "janitor", new Secret("five"),
                        "auditor", new Secret("six")));
        assertThat(database.capacity()).contains(500_000_000_000L);
        assertThat(database.owner()).contains(new Settings.Owner("owner", new Secret("seven")));
        assertThat(settings.workers()).isEqualTo(new Settings.Workers(5, 16, 99));
        assertThat(settings.ledger())
                .isEqualTo(new Settings.Ledger(77, Duration.ofSeconds(7), Optional.of(Path.of("/var/log/flushes"))));
        assertThat(settings.log()).isEqualTo(new Settings.Log(LogFormat.JSON, LogLevel.WARN));
        assertThat(settings.transparencyLog())
                .isEqualTo(new Settings.TransparencyLog(
                        Optional.of("log.example/sallyport"),
                        Optional.of(new Settings.Witness(
                                Path.of("/mnt/apart/checkpoints"),
                                Duration.ofSeconds(90),
                                Optional.of(URI.create("https://witness.example/w")),
                                Optional.of(
                                        "witness.example/w+bbabb70a+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")))));
        assertThat(settings.tenantLabel()).isTrue();
        assertThat(settings.shutdown()).isEqualTo(new Settings.Shutdown(Duration.ofSeconds(2), Duration.ofMillis(500)));
    }

    @Test
    void witness_halfNamed_isRefused() {
        assertThat(rejected("log:\n  witness:\n    url: https://witness.example/w\n"))
                .anyMatch(problem -> problem.contains("log.witness.key: is needed with log.witness.url"));
        assertThat(rejected("log:\n  witness:\n    key: w+00000000+AAAA\n"))
                .anyMatch(problem -> problem.contains("log.witness.key"));
        assertThat(rejected("log:\n  witness:\n    url: ftp://witness.example\n"))
                .anyMatch(problem -> problem.contains("must be a URL that begins with http"));
        assertThat(rejected("log:\n  origin: two words\n")).anyMatch(problem -> problem.contains("log.origin"));
        assertThat(loaded("log:\n  witness:\n    enabled: false\n", Map.of(), Map.of())
                        .settings()
                        .transparencyLog()
                        .witness())
                .isEmpty();
    }

    @Test
    void everyKey_standsInTheTestAbove() {
        ConfigFile file =
                ConfigFile.parse("f", EVERY_KEY.replace("auditorFile: %s", "auditor: six"), Set.copyOf(paths()));
        assertThat(file.problems()).isEmpty();
        assertThat(file.entries().keySet()).containsExactlyInAnyOrderElementsOf(paths());
    }

    @Test
    void nothingGiven_defaultsAreUsed() {
        Settings settings =
                ((ConfigResult.Loaded) ConfigLoader.load(Optional.empty(), Map.of(), Map.of(), 16)).settings();
        assertThat(settings.server().port()).isEqualTo(8000);
        assertThat(settings.management().port()).isEqualTo(8002);
        assertThat(settings.server().eventLoops()).isEqualTo(8);
        assertThat(settings.workers().threads()).isEqualTo(16);
        assertThat(settings.database()).isEmpty();
    }

    @Test
    void value_givenEverywhere_isTakenFromFlagThenEnvironmentThenFile() {
        String yaml = "server:\n  port: 1111\n";
        Map<String, String> env = Map.of("SALLYPORT_SERVER_PORT", "2222");
        assertThat(loaded(yaml, Map.of(), Map.of()).settings().server().port()).isEqualTo(1111);
        assertThat(loaded(yaml, Map.of(), env).settings().server().port()).isEqualTo(2222);
        assertThat(loaded(yaml, Map.of("--port", "3333"), env)
                        .settings()
                        .server()
                        .port())
                .isEqualTo(3333);
        assertThat(loaded(yaml, Map.of(), Map.of()).resolved())
                .contains(new ResolvedSetting("server.port", "1111", folder.resolve("c.yaml") + ":2"));
    }

    @Test
    void portZero_picksManagementsPortToo() {
        assertThat(loaded("", Map.of("--port", "0"), Map.of())
                        .settings()
                        .management()
                        .port())
                .isZero();
        assertThat(loaded("", Map.of("--port", "0", "--management-port", "9009"), Map.of())
                        .settings()
                        .management()
                        .port())
                .isEqualTo(9009);
    }

    @Test
    void unknownKey_isRefusedWithLineAndWhatWasMeant() {
        assertThat(rejected("server:\n  port: 1\n  prot: 2\n"))
                .containsExactly(folder.resolve("c.yaml") + ":3: server.prot: unknown key; did you mean server.port?");
    }

    @Test
    void wrongValues_areAllNamed() {
        assertThat(rejected("server:\n  port: 70000\n  callTimeout: soon\nlog:\n  level: loud\ndata: [a]\n"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("c.yaml:6: data: needs a single value"),
                        p -> assertThat(p).contains("c.yaml:2: server.port: must be an integer from 0 to 65535"),
                        p -> assertThat(p).contains("c.yaml:3: server.callTimeout: must be a duration"),
                        p -> assertThat(p).contains("c.yaml:5: log.level: must be one of error, warn, info, debug"));
    }

    @Test
    void badYaml_isRefusedWithItsPlace() {
        assertThat(rejected("a: [")).singleElement().asString().contains("c.yaml:");
        assertThat(rejected("data: x\ndata: y\n")).singleElement().asString().contains("second time");
        assertThat(rejected("data: &a x\n")).singleElement().asString().contains("anchors");
        assertThat(rejected("- x\n")).singleElement().asString().contains("must be a mapping");
    }

    @Test
    void variables_areReplaced() {
        String yaml = "data: ${HOME_OF_DATA}/x\nnode:\n  name: ${NODE:node-9}\n";
        Settings settings = loaded(yaml, Map.of(), Map.of("HOME_OF_DATA", "/d")).settings();
        assertThat(settings.data()).isEqualTo(Path.of("/d/x"));
        assertThat(settings.node().name()).isEqualTo("node-9");
        assertThat(rejected(yaml)).singleElement().asString().contains("c.yaml:1", "${HOME_OF_DATA}");
    }

    @Test
    void secrets_areNeverShown() throws IOException {
        Path file = Files.writeString(folder.resolve("app"), "hunter2\n");
        String yaml = """
                database:
                  url: jdbc:postgresql://h/d
                  passwords: {door: hunter1, ledgerWriter: w, sequencer: s, janitor: j, auditor: a}
                """;
        ConfigResult.Loaded loaded =
                loaded(yaml, Map.of(), Map.of("SALLYPORT_DATABASE_PASSWORDS_APP_FILE", file.toString()));
        assertThat(loaded.toString()).doesNotContain("hunter");
        assertThat(loaded.settings().database().orElseThrow().passwords()).containsEntry("app", new Secret("hunter2"));
        assertThat(loaded.resolved())
                .contains(new ResolvedSetting(
                        "database.passwords.app", "********", "SALLYPORT_DATABASE_PASSWORDS_APP_FILE (" + file + ")"));
    }

    @Test
    void secret_givenTwice_isRefused() {
        assertThat(rejected("database:\n  url: jdbc:postgresql://h/d\n  passwords:\n    app: a\n    appFile: /nope\n"))
                .anySatisfy(p -> assertThat(p).contains("is given twice"))
                .anySatisfy(p -> assertThat(p).contains("there is no file /nope"));
    }

    @Test
    void address_notLoopback_isRefusedWithWhatToDo() {
        assertThat(rejected("server:\n  host: 0.0.0.0\n"))
                .singleElement()
                .asString()
                .contains("server.host", "loopback", "proxy");
        assertThat(rejected("management:\n  host: 10.0.0.1\n"))
                .singleElement()
                .asString()
                .contains("management.host");
    }

    @Test
    void databaseUrl_withCredential_isRefused() {
        assertThat(rejected("database:\n  url: jdbc:postgresql://u:p@h/d\n"))
                .anySatisfy(p -> assertThat(p).contains("must not carry a user or a password"));
    }

    @Test
    void databaseUrl_withoutTheRolesPasswords_isRefusedNamingEach() {
        assertThat(rejected("database:\n  url: jdbc:postgresql://h/d\n  passwords:\n    door: d\n    app: a\n"))
                .hasSize(4)
                .allSatisfy(p -> assertThat(p).contains("is needed where database.url is given"))
                .anySatisfy(p -> assertThat(p).contains("database.passwords.ledgerWriter"));
    }

    /** Run with {@code -Dsallyport.rewrite=true} to write both anew. */
    @Test
    void schemaAndDocumentation_areWhatTheKeysSay() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Path schema = root.resolve("tenant-api/src/main/resources/dev/sallyport/api/config/config.schema.json");
        Path page = root.resolve("docs/configuration.md");
        if (Boolean.getBoolean("sallyport.rewrite")) {
            Files.createDirectories(schema.getParent());
            Files.writeString(schema, ConfigSchema.json());
            String text = Files.readString(page);
            int start = text.indexOf("## Keys\n") + "## Keys\n\n".length();
            int end = text.indexOf("\n## The data folder");
            Files.writeString(page, text.substring(0, start) + ConfigSchema.table() + text.substring(end));
        }
        assertThat(Files.readString(schema)).isEqualTo(ConfigSchema.json());
        assertThat(Files.readString(page)).contains(ConfigSchema.table());
    }

    private ConfigResult.Loaded loaded(String yaml, Map<String, String> flags, Map<String, String> env) {
        ConfigResult result = load(yaml, flags, env);
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return (ConfigResult.Loaded) result;
    }

    private List<String> rejected(String yaml) {
        ConfigResult result = load(yaml, Map.of(), Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Rejected.class);
        return ((ConfigResult.Rejected) result)
                .problems().stream().map(ConfigProblem::toString).toList();
    }

    private ConfigResult load(String yaml, Map<String, String> flags, Map<String, String> env) {
        try {
            Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
            return ConfigLoader.load(Optional.of(file), flags, env, 4);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> paths() {
        return SettingKeys.ALL.stream().map(SettingKey::path).toList();
    }
}
