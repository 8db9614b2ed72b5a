package dev.sallyport.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Evidence;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.lane.LaneExecutors;
import dev.sallyport.inference.lane.LaneListener;
import dev.sallyport.inference.lane.LanePorts;
import dev.sallyport.inference.lane.LaneSettings;
import dev.sallyport.inference.lane.Lanes;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions registered in a real database, changed behind its back, and loaded by real lanes. */
final class ModelRegistryIT {
    @TempDir
    private static Path folder;

    private static RegistryFixture models;

    private final List<Evidence.Event> events = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException, SQLException {
        models = new RegistryFixture(folder);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    /** Has lanes that never saw it load a version. */
    private LoadResult load(ModelRef ref) {
        LanePorts ports =
                new LanePorts(List.of(new OnnxRuntime()), models.store, models.signer, events::add, LaneListener.NONE);
        LaneExecutors here = new LaneExecutors(Runnable::run, Runnable::run);
        try (Lanes lanes = new Lanes(new LaneSettings(32, 16), ports, here, InstantSource.system(), System::nanoTime)) {
            return lanes.load(ref).toCompletableFuture().join();
        }
    }

    private void checkRefused(ModelManifest manifest, String why) {
        assertThat(load(manifest.ref()))
                .isInstanceOfSatisfying(
                        LoadResult.NotReady.class,
                        refused -> assertThat(refused.sentence()).contains(why));
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Evidence.Event.Refused.class,
                        refused -> assertThat(refused.ref()).isEqualTo(manifest.ref()));
    }

    private static void update(ModelManifest manifest, String column, byte[] value) throws SQLException {
        String sql = "UPDATE model_versions SET " + column + " = ? WHERE model = ?";
        assertThat(models.database.update(sql, value, manifest.name().value())).isEqualTo(1);
    }

    @Test
    void version_registered_isRecordedAndLoads() {
        ModelManifest manifest = models.registered();
        assertThat(load(manifest.ref())).isEqualTo(new LoadResult.Ready());
        assertThat(events).contains(new Evidence.Event.Loaded(manifest.ref(), manifest.digest()));
        String object = "models/" + manifest.name() + "/versions/1";
        assertThat(models.acts("model.register", object)).isEqualTo(1);
        assertThat(models.registry.register(manifest, RegistryFixture.ARTEFACT, RegistryFixture.SYSTEM))
                .as("the same again")
                .isEqualTo(new Registration.Registered(manifest, false));
        assertThat(models.acts("model.register", object)).isEqualTo(1);
    }

    @Test
    void version_ofOtherContent_isAConflict() {
        ModelManifest manifest = models.registered();
        ModelManifest changed = new ModelManifest(
                manifest.owner(),
                manifest.name(),
                manifest.version(),
                "tribuo",
                manifest.digest(),
                manifest.signature());
        assertThat(models.registry.register(changed, RegistryFixture.ARTEFACT, RegistryFixture.SYSTEM))
                .isInstanceOf(Registration.Conflict.class);
        assertThat(load(manifest.ref())).isEqualTo(new LoadResult.Ready());
    }

    @Test
    void version_thatIsNotItsArtefactsOrHasNoOwner_isNotKept() throws IOException {
        ModelManifest manifest = models.manifest();
        assertThat(models.registry.register(manifest, new byte[] {1}, RegistryFixture.SYSTEM))
                .isInstanceOf(Registration.Invalid.class);
        assertThat(models.store.find(manifest.ref())).isEmpty();
        ModelManifest nobodys = RegistryFixture.manifest(new TenantId("nobody"), "simple", "1");
        assertThat(models.registry.register(nobodys, RegistryFixture.ARTEFACT, RegistryFixture.SYSTEM))
                .isInstanceOf(Registration.Invalid.class);
        checkRefused(nobodys, "no model version");
    }

    @Test
    void signature_ofAnotherSigner_isRefusedAtLoad(@TempDir Path foreign) throws IOException, SQLException {
        ModelManifest manifest = models.registered();
        byte[] forged = PlatformSigner.open(foreign).sign(ManifestCodec.encode(manifest));
        update(manifest, "signature", forged);
        checkRefused(manifest, "signature");
    }

    @Test
    void signature_thatIsNone_isRefusedAtLoad() throws SQLException {
        for (byte[] none : List.of(new byte[0], new byte[] {1, 2, 3}, "{}".getBytes(StandardCharsets.UTF_8))) {
            ModelManifest manifest = models.registered();
            update(manifest, "signature", none);
            events.clear();
            checkRefused(manifest, "signature");
        }
    }

    @Test
    void manifest_changedAfterSigning_isRefusedAtLoad() throws SQLException {
        ModelManifest manifest = models.registered();
        ModelManifest other =
                RegistryFixture.manifest(manifest.owner(), manifest.name().value(), "2");
        update(manifest, "manifest", ManifestCodec.encode(other));
        checkRefused(manifest, "another manifest");
    }

    @Test
    void manifest_ofAnotherVersionWithItsOwnSignature_isRefusedAtLoad() throws SQLException {
        ModelManifest manifest = models.registered();
        byte[] other = ManifestCodec.encode(RegistryFixture.manifest(manifest.owner(), "another", "1"));
        update(manifest, "manifest", other);
        update(manifest, "signature", models.signer.sign(other));
        checkRefused(manifest, "platform/another/1");
    }

    @Test
    void artefact_changedOnDiskOrGone_isRefusedAtLoad() throws IOException {
        ModelManifest manifest = models.registered();
        Path file = models.folder.resolve("models").resolve(manifest.digest());
        byte[] changed = RegistryFixture.ARTEFACT.clone();
        changed[changed.length - 1] ^= 1;
        try {
            Files.write(file, changed);
            checkRefused(manifest, "digest");
            Files.delete(file);
            events.clear();
            checkRefused(manifest, "did not give");
        } finally {
            Files.write(file, RegistryFixture.ARTEFACT);
        }
        assertThat(load(manifest.ref())).isEqualTo(new LoadResult.Ready());
    }
}
