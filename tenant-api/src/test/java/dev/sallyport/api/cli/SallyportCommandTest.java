package dev.sallyport.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SallyportCommandTest {
    private static final String OTHER_PASSWORDS =
            "    ledgerWriter: w\n    sequencer: s\n    janitor: j\n    auditor: a\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final FakePrograms programs = new FakePrograms();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serv",
                "serve extra",
                "serve --prot 1",
                "serve --port",
                "serve --port many",
                "serve --port 70000",
                "serve --management-port -1",
                "demo --ready-file",
                "migrate --port 1",
                "admin",
                "admin bootstrap --ready-file f",
                "config",
                "config check one two",
                "config print --jason",
                "version --no"
            })
    void wrongUse_isExit2AndStartsNothing(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
        assertThat(programs.started).isEmpty();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void wrongUse_namesWhatIsWrong() {
        run("serve", "--port", "70000");
        assertThat(err.toString()).isEqualTo("--port: server.port: must be an integer from 0 to 65535\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "admin bootstrap --help", "config check --help", "--version"})
    void help_isExit0(String line) {
        assertThat(run(line.split(" ", -1))).isZero();
        assertThat(out.toString()).contains("sallyport");
        assertThat(programs.started).isEmpty();
    }

    @Test
    void command_startsItsProgramWithWhatWasGiven() throws IOException {
        Path config = file("node:\n  name: node-7\n");
        assertThat(run("serve", "--config", config.toString(), "--port", "0", "--data", "/d", "--ready-file", "r"))
                .isZero();
        assertThat(programs.started).containsExactly("serve r");
        assertThat(programs.settings).hasValueSatisfying(settings -> {
            assertThat(settings.node().name()).isEqualTo("node-7");
            assertThat(settings.data()).isEqualTo(Path.of("/d"));
            assertThat(settings.server().port()).isZero();
            assertThat(settings.management().port())
                    .as("--port 0 picks every port")
                    .isZero();
        });
        run("demo", "--management-port", "9");
        assertThat(programs.settings.orElseThrow().management().port()).isEqualTo(9);
        run("migrate");
        run("admin", "bootstrap", "--data", "/other");
        assertThat(programs.settings.orElseThrow().data()).isEqualTo(Path.of("/other"));
        run("log", "rotate-key", "--overlap", "7");
        assertThat(programs.started).containsExactly("serve r", "demo", "migrate", "bootstrap", "rotate-key PT168H");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void program_endsWithACode_soDoesTheCommand(int code) {
        programs.exit = code;
        assertThat(run("admin", "bootstrap")).isEqualTo(code);
    }

    @Test
    void program_thatCannotRun_isExit3AndSaysWhyInALine() {
        programs.failure = Optional.of(new StartupException("port 1 is in use", new IOException("below")));
        assertThat(run("serve")).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("port 1 is in use\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void program_withAFaultOfItsOwn_isExit3AndShowsWhere() {
        programs.failure = Optional.of(new IllegalStateException("a fault"));
        assertThat(run("migrate")).isEqualTo(3);
        assertThat(err.toString()).contains("IllegalStateException: a fault", "at ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "migrate", "admin bootstrap"})
    void configuration_thatIsBad_isExit3WithEveryLineAndStartsNothing(String command) throws IOException {
        Path config = file("server:\n  prot: 1\nlog:\n  level: loud\n");
        assertThat(run((command + " --config " + config).split(" ", -1))).isEqualTo(3);
        assertThat(err.toString().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo(config + ":2: server.prot: unknown key; did you mean server.port?"),
                        line -> assertThat(line).startsWith(config + ":4: log.level: must be one of"));
        assertThat(programs.started).isEmpty();
    }

    @Test
    void configuration_thatIsNotThere_isExit3() {
        assertThat(run("serve", "--config", "/nowhere.yaml")).isEqualTo(3);
        assertThat(err.toString()).contains("there is no file /nowhere.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "print"})
    void config_good_isExit0WithSourcesAndWithoutSecrets(String command) throws IOException {
        Path secret = file("six\n", "secret");
        environment.put("SALLYPORT_LOG_LEVEL", "warn");
        environment.put("SALLYPORT_DATABASE_PASSWORDS_APP_FILE", secret.toString());
        Path config =
                file("database:\n  url: jdbc:postgresql://h/d\n  passwords:\n    door: hunter2\n" + OTHER_PASSWORDS);
        assertThat(run("config", command, config.toString())).isZero();
        assertThat(out.toString())
                .doesNotContain("hunter2", "six")
                .containsPattern("server.port +8000 +default")
                .containsPattern("log.level +warn +SALLYPORT_LOG_LEVEL")
                .containsPattern("database.url +jdbc:postgresql://h/d +" + config + ":2")
                .containsPattern("database.passwords.door +\\*+ +" + config + ":4")
                .containsPattern("database.passwords.app +\\*+ +SALLYPORT_DATABASE_PASSWORDS_APP_FILE \\(" + secret);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "print"})
    void config_goodAsJson_saysTheSame(String command) throws IOException {
        Path config = file("database:\n  url: jdbc:postgresql://h/d\n  passwords:\n    door: hunter2\n    app: x\n"
                + OTHER_PASSWORDS);
        assertThat(run("config", command, "--json", config.toString())).isZero();
        JsonObject all = new JsonObject(out.toString());
        assertThat(all.getJsonObject("server.port"))
                .isEqualTo(new JsonObject().put("value", "8000").put("source", "default"));
        assertThat(all.getJsonObject("database.passwords.door"))
                .isEqualTo(new JsonObject().put("value", "********").put("source", config + ":4"));
        assertThat(all.getJsonObject("node.region").getValue("value")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "print"})
    void config_thatServeWouldRefuse_isExit1(String command) throws IOException {
        Path config = file("database:\n  url: jdbc:postgresql://h/d\n");
        assertThat(run("config", command, config.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).contains("database.passwords.", "is needed"));
    }

    @Test
    void config_bad_isExit1WithEveryLine() throws IOException {
        Path config = file("server:\n  prot: 1\n");
        assertThat(run("config", "check", config.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualTo(config + ":2: server.prot: unknown key; did you mean server.port?\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void config_badAsJson_isExit1WithProblems() throws IOException {
        Path config = file("server:\n  prot: 1\n");
        assertThat(run("config", "check", "--json", config.toString())).isEqualTo(1);
        assertThat(new JsonObject(out.toString()).getJsonArray("problems").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("source", config + ":2")
                        .put("key", "server.prot")
                        .put("problem", "unknown key; did you mean server.port?"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void config_thatIsNotThere_isExit3() {
        assertThat(run("config", "check", "/nowhere.yaml")).isEqualTo(3);
        assertThat(err.toString()).contains("/nowhere.yaml");
    }

    @Test
    void version_isSaidAsTextAndAsJson() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).isEqualTo("sallyport development (Java " + Runtime.version() + ")\n");
        out.getBuffer().setLength(0);
        assertThat(run("version", "--json")).isZero();
        assertThat(new JsonObject(out.toString()))
                .isEqualTo(new JsonObject()
                        .put("version", "development")
                        .put("java", Runtime.version().toString()));
    }

    private int run(String... arguments) {
        Surroundings surroundings =
                new Surroundings(environment, 4, false, new PrintWriter(out, true), new PrintWriter(err, true));
        return SallyportCommand.commandLine(surroundings, programs).execute(arguments);
    }

    private Path file(String text) throws IOException {
        return file(text, "sallyport.yaml");
    }

    private Path file(String text, String name) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
