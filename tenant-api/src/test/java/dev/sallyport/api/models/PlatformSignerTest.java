package dev.sallyport.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.StoredModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SignatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformSignerTest {
    private static final byte[] MANIFEST = "{\"name\":\"m\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path keys;

    @Test
    void signature_verifiesAfterARestart() throws IOException {
        byte[] signature = PlatformSigner.open(keys).sign(MANIFEST);
        PlatformSigner again = PlatformSigner.open(keys);
        assertThatCode(() -> again.verify(new StoredModel(MANIFEST, signature))).doesNotThrowAnyException();
    }

    @Test
    void manifest_changed_isRefused() throws IOException {
        PlatformSigner signer = PlatformSigner.open(keys);
        byte[] other = "{\"name\":\"n\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> signer.verify(new StoredModel(other, signer.sign(MANIFEST))))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("another manifest");
    }

    @Test
    void signature_ofAnotherKey_isRefused(@TempDir Path foreign) throws IOException {
        PlatformSigner signer = PlatformSigner.open(keys);
        byte[] signature = PlatformSigner.open(foreign).sign(MANIFEST);
        assertThatThrownBy(() -> signer.verify(new StoredModel(MANIFEST, signature)))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("not the platform's");
        assertThatThrownBy(() -> signer.verify(new StoredModel(MANIFEST, new byte[] {1, 2})))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void keyFile_isItsOwnersAlone() throws IOException {
        PlatformSigner.open(keys).sign(MANIFEST);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("signer.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void keyFiles_thatAreNoPair_areRefused(@TempDir Path foreign) throws IOException {
        PlatformSigner.open(keys).sign(MANIFEST);
        PlatformSigner.open(foreign).sign(MANIFEST);
        Files.write(keys.resolve("signer.pub"), Files.readAllBytes(foreign.resolve("signer.pub")));
        assertThatThrownBy(() -> PlatformSigner.open(keys))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pair");
    }

    @Test
    void half_lost_isNotMadeAnew(@TempDir Path other) throws IOException {
        PlatformSigner.open(keys).sign(MANIFEST);
        Files.delete(keys.resolve("signer.key"));
        assertThatThrownBy(() -> PlatformSigner.open(keys)).hasMessageContaining("signer.key is missing");
        assertThat(keys.resolve("signer.key")).doesNotExist();
        PlatformSigner.open(other).sign(MANIFEST);
        Files.delete(other.resolve("signer.pub"));
        assertThatThrownBy(() -> PlatformSigner.open(other)).hasMessageContaining("signer.pub is missing");
    }

    @Test
    void firstStart_cutOff_isMadeGood() throws IOException {
        byte[] signature = PlatformSigner.open(keys).sign(MANIFEST);
        Files.move(keys.resolve("signer.pub"), keys.resolve("signer.pub.new"));
        PlatformSigner again = PlatformSigner.open(keys);
        assertThatCode(() -> again.verify(new StoredModel(MANIFEST, signature))).doesNotThrowAnyException();
        assertThat(keys.resolve("signer.pub.new")).doesNotExist();
    }

    @Test
    void artefact_isKeptByItsDigest(@TempDir Path models) throws IOException {
        ArtefactFolder folder = ArtefactFolder.open(models.resolve("models"));
        String digest = folder.put(MANIFEST);
        assertThat(folder.put(MANIFEST)).isEqualTo(digest);
        assertThat(folder.get(digest)).isEqualTo(MANIFEST);
        assertThatThrownBy(() -> folder.get("../" + digest)).isInstanceOf(IOException.class);
        try (var files = Files.list(models.resolve("models"))) {
            assertThat(files).hasSize(1);
        }
    }
}
