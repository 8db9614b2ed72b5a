package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged program says and exits with before anything is started. */
final class CommandLineIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--management-port"})
    void serve_onATakenPort_namesTheFlagThatChangesIt(String flag) throws Exception {
        String other = flag.equals("--port") ? "--management-port" : "--port";
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Program.End end = Program.run("serve", other, "0", flag, port, "--data", data());
            assertThat(end.code()).isEqualTo(3);
            assertThat(end.err())
                    .isEqualTo("port " + port + " of 127.0.0.1 is in use: choose another with " + flag
                            + ", or any free one with " + flag + " 0\n");
        }
        assertThat(folder.resolve("data")).as("nothing was begun").doesNotExist();
    }

    @Test
    void serve_bothOnOnePort_namesBothFlags() throws Exception {
        Program.End end = Program.run("serve", "--port", "8123", "--management-port", "8123", "--data", data());
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.err()).contains("--port", "--management-port");
    }

    @Test
    void program_calledWrongly_isExit2() throws Exception {
        assertThat(Program.run("serve", "--prot", "1").code()).isEqualTo(2);
    }

    @Test
    void config_good_isExit0AndBad_isExit1() throws Exception {
        Path config = Files.writeString(folder.resolve("c.yaml"), "log:\n  level: warn\n");
        Program.End good = Program.run("config", "print", "--json", config.toString());
        assertThat(good.code()).isZero();
        assertThat(new JsonObject(good.out()).getJsonObject("log.level").getString("value"))
                .isEqualTo("warn");
        Files.writeString(config, "log:\n  volume: 11\n");
        Program.End bad = Program.run("config", "check", config.toString());
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains(config + ":2: log.volume: unknown key");
    }

    @Test
    void version_isTheJars() throws Exception {
        Program.End end = Program.run("version", "--json");
        assertThat(end.code()).isZero();
        assertThat(new JsonObject(end.out()).getString("version")).matches("[0-9]+\\..*");
        assertThat(end.err()).isEmpty();
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
