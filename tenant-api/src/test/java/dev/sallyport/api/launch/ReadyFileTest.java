package dev.sallyport.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.api.demo.DemoAccess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadyFileTest {
    private static final String MANAGEMENT = "http://127.0.0.1:8002";
    private static final Path LOG_KEY = Path.of("/data/keys/log.vkey");

    @TempDir
    Path folder;

    @Test
    void write_appearsWholeAndForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("new/ready.json");
        ReadyFile.at(file).write(ReadyFile.content("127.0.0.1", 8000, MANAGEMENT, LOG_KEY, demo()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new JsonObject(Files.readString(file)))
                .isEqualTo(ReadyFile.content("127.0.0.1", 8000, MANAGEMENT, LOG_KEY, demo()));
        assertThat(names(folder.resolve("new"))).containsExactly("ready.json");
    }

    @Test
    void write_overAFileThatOthersMayRead_isForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("ready.json");
        ReadyFile ready = ReadyFile.at(file);
        Files.writeString(file, "somebody else's");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ready.write(new JsonObject());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo("{ }\n");
    }

    @Test
    void folder_inItsPlace_isRefusedAndStays() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("ready.json"));
        assertThatThrownBy(() -> ReadyFile.at(taken)).hasMessageContaining("is a folder");
        assertThat(taken).isDirectory();
    }

    @Test
    void write_thatFails_leavesNothing() throws IOException {
        Path file = folder.resolve("ready.json");
        ReadyFile ready = ReadyFile.at(file);
        Files.createDirectories(file);
        Files.writeString(file.resolve("full"), "");
        assertThatThrownBy(() -> ready.write(new JsonObject())).isInstanceOf(IOException.class);
        assertThat(names(folder)).containsExactly("ready.json");
    }

    @Test
    void at_takesAwayWhatAnEarlierServerLeft_andRemoveWhatThisOneWrote() throws IOException {
        Path file = folder.resolve("ready.json");
        Files.writeString(file, "an earlier server's");
        ReadyFile ready = ReadyFile.at(file);
        assertThat(file).doesNotExist();
        ready.write(new JsonObject());
        assertThat(file).exists();
        ready.remove();
        assertThat(file).doesNotExist();
        ready.remove();
    }

    @Test
    void content_ofAServer_hasPlacesAndNoKeys() {
        JsonObject content = ReadyFile.content("::1", 8000, MANAGEMENT, LOG_KEY, Optional.empty());
        assertThat(content)
                .isEqualTo(new JsonObject()
                        .put("url", "http://[::1]:8000")
                        .put("authority", "[::1]:8000")
                        .putNull("grpc")
                        .put("management", MANAGEMENT)
                        .put("pid", ProcessHandle.current().pid())
                        .put("tenants", new JsonArray())
                        .putNull("admin")
                        .putNull("auditor")
                        .put("logKey", "/data/keys/log.vkey"));
    }

    @Test
    void content_ofTheDemo_hasItsKeys() {
        JsonObject content = ReadyFile.content("127.0.0.1", 8000, MANAGEMENT, LOG_KEY, demo());
        assertThat(content.getJsonArray("tenants"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("id", "acme-clinic")
                                .put("key", "sp_caller")
                                .put("purpose", "triage")
                                .put("models", new JsonArray().add("digits").add("simple"))));
        assertThat(content.getJsonObject("admin")).isEqualTo(new JsonObject().put("key", "sp_admin"));
        assertThat(content.getJsonObject("auditor")).isEqualTo(new JsonObject().put("key", "sp_auditor"));
    }

    private static Optional<DemoAccess> demo() {
        var caller = new DemoAccess.Caller("acme-clinic", "sp_caller", "triage", List.of("digits", "simple"));
        return Optional.of(new DemoAccess(List.of(caller), "sp_trial", "sp_admin", "sp_auditor", List.of()));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
