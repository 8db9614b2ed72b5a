package dev.sallyport.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.TestLedger;
import dev.sallyport.api.demo.DemoModels;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.state.DocumentTable;
import dev.sallyport.api.state.SnapshotReader;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.ledger.ReadScope;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry over a real database, with the tenants Acme and Euro. */
final class RegistryFixture implements AutoCloseable {
    static final Actor SYSTEM = Actor.system("test");
    static final TenantId ACME = new TenantId("acme");
    static final TenantId EURO = new TenantId("euro");
    static final byte[] ARTEFACT = DemoModels.SIMPLE.train();

    private final AtomicInteger number = new AtomicInteger();
    final Path folder;
    final TestLedger database;
    final PlatformSigner signer;
    final ModelRegistry registry;
    final StoredModels store;
    final SnapshotReader snapshots;

    RegistryFixture(Path folder) throws IOException, SQLException {
        this.folder = folder;
        database = new TestLedger(folder.resolve("keys"));
        var ledger = database.ledger();
        signer = PlatformSigner.open(folder.resolve("keys"));
        ArtefactFolder artefacts = ArtefactFolder.open(folder.resolve("models"));
        registry = new ModelRegistry(new Acts(ledger.scope(), ledger.mint()), signer, artefacts);
        store = new StoredModels(ledger.scope(), artefacts);
        snapshots = new SnapshotReader(ledger.scope(), new DocumentTable(), Packs.shipped());
        database.update("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme'), ('euro', 'Euro')");
    }

    /** The manifest of a model of the platform's that no other test uses. */
    ModelManifest manifest() {
        return manifest(TenantId.PLATFORM, "simple-" + number.incrementAndGet(), "1");
    }

    static ModelManifest manifest(TenantId owner, String name, String version) {
        ModelManifest demo = DemoModels.SIMPLE.manifest(ARTEFACT);
        return new ModelManifest(
                owner, new ModelName(name), new ModelVersion(version), demo.runtime(), demo.digest(), demo.signature());
    }

    ModelManifest registered() {
        ModelManifest manifest = manifest();
        assertThat(registry.register(manifest, ARTEFACT, SYSTEM))
                .isEqualTo(new Registration.Registered(manifest, true));
        return manifest;
    }

    /** How many acts the ledger holds of what was done to an object. */
    long acts(String action, String object) {
        List<String> found = new ArrayList<>();
        Instant soon = Instant.now().plusSeconds(60);
        database.ledger().reader().streamActs(new ReadScope.Everyone(), Instant.EPOCH, soon, record -> {
            JsonObject act = new JsonObject(Buffer.buffer(record.bytes()));
            String done = act.getJsonObject("act").getString("object");
            if (act.getString("action").equals(action) && done.endsWith(object)) {
                found.add(record.id());
            }
        });
        return found.size();
    }

    @Override
    public void close() {
        database.close();
    }
}
