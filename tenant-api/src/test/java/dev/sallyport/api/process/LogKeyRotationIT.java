package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.log.VerifierKey;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class LogKeyRotationIT {
    @TempDir
    private Path folder;

    @Test
    void key_replacedBesideARunningServer_isTakenUpByIt() throws Exception {
        String data = folder.resolve("data").toString();
        Path published = Path.of(data, "keys", "log.vkey");
        try (ServeProcess server = ServeProcess.start(folder, "--data", data)) {
            List<String> before = Files.readAllLines(published);
            assertThat(before).hasSize(1);

            Program.End rotated = Program.run("log", "rotate-key", "--data", data, "--overlap", "1");
            assertThat(rotated.code()).as(rotated.err()).isZero();
            String added = rotated.out().strip();
            assertThat(VerifierKey.parse(added).name())
                    .isEqualTo(VerifierKey.parse(before.getFirst()).name());
            assertThat(Files.readAllLines(published)).containsExactly(before.getFirst(), added);

            Path witnessed = Path.of(data, "witness", "checkpoints");
            assertThat(Files.readString(witnessed))
                    .contains(before.getFirst().substring(0, before.getFirst().indexOf('+')));
            // The act of the rotation is in a round that the server signs with both keys.
            String rounds = rounds(server);
            while (rounds(server).equals(rounds)) {
                assertThat(server.post("/admin/v1/tenants", "sp_unknown", new JsonObject())
                                .statusCode())
                        .isEqualTo(401);
                Thread.sleep(200);
            }
            assertThat(server.manage("/metrics")).contains("sallyport_log_signing 1.0");
            assertThat(server.manage("/readyz").strip()).isEqualTo("ready");
        }
        try (ServeProcess server = ServeProcess.start(folder, "--data", data)) {
            assertThat(Files.readAllLines(published)).hasSize(2);
            assertThat(server.manage("/metrics")).contains("sallyport_log_signing 1.0");
        }
    }

    private static String rounds(ServeProcess server) throws Exception {
        return server.manage("/metrics")
                .lines()
                .filter(line -> line.startsWith("sallyport_log_rounds "))
                .findFirst()
                .orElseThrow();
    }
}
