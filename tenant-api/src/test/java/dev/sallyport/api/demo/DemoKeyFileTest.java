package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoKeyFileTest {
    @TempDir
    private Path directory;

    @Test
    void read_noFile_isEmpty() throws IOException {
        assertThat(new DemoKeyFile(directory).read()).isEmpty();
    }

    @Test
    void write_thenRead_isTheSameAndPrivate() throws IOException {
        DemoKeyFile file = new DemoKeyFile(directory);
        Map<String, DemoKeyFile.Entry> entries = Map.of("admin", new DemoKeyFile.Entry("k1", "sp_secret"));
        file.write(Map.of());
        file.write(entries);
        assertThat(file.read()).isEqualTo(entries);
        Path written = directory.resolve("demo-keys.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void read_damagedFile_saysWhatToDo() throws IOException {
        for (String text : new String[] {"", "[]", "{\"keys\":{\"admin\":1}}", "{\"keys\":{\"admin\":{}}}"}) {
            Files.writeString(directory.resolve("demo-keys.json"), text);
            assertThatThrownBy(() -> new DemoKeyFile(directory).read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("move it away");
        }
    }
}
