package dev.sallyport.api.models;

import static dev.sallyport.api.models.RegistryFixture.ACME;
import static dev.sallyport.api.models.RegistryFixture.EURO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.state.TenantSnapshot;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models granted, seen under their alias, and taken back. */
final class ModelGrantIT {
    @TempDir
    private static Path folder;

    private static RegistryFixture models;

    @BeforeAll
    static void open() throws IOException, SQLException {
        models = new RegistryFixture(folder);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void grant_isSeenByItsTenantAlone_untilItIsTakenBack() {
        ModelManifest manifest = models.registered();
        ModelName alias = new ModelName("ours");
        TenantSnapshot before = models.snapshots.read(ACME);
        assertThat(before.versions(alias)).isEmpty();

        assertThat(grant(manifest.name(), ACME, alias)).isEqualTo(new GrantResult.Granted());
        TenantSnapshot granted = models.snapshots.read(ACME);
        assertThat(granted.versions(alias).orElseThrow()).containsOnlyKeys(new ModelVersion("1"));
        assertThat(granted.versions(manifest.name())).as("under its alias only").isEmpty();
        assertThat(granted.epochs().tenant()).isGreaterThan(before.epochs().tenant());
        assertThat(models.snapshots.read(EURO).models()).isEmpty();

        ModelManifest next =
                RegistryFixture.manifest(manifest.owner(), manifest.name().value(), "2");
        models.registry.register(next, RegistryFixture.ARTEFACT, RegistryFixture.SYSTEM);
        assertThat(models.snapshots.read(ACME).versions(alias).orElseThrow())
                .as("later versions too")
                .hasSize(2);

        assertThat(models.registry.revoke(TenantId.PLATFORM, ACME, alias, RegistryFixture.SYSTEM))
                .isTrue();
        TenantSnapshot revoked = models.snapshots.read(ACME);
        assertThat(revoked.versions(alias)).isEmpty();
        assertThat(revoked.epochs().tenant()).isGreaterThan(granted.epochs().tenant());
        assertThat(models.registry.revoke(TenantId.PLATFORM, ACME, alias, RegistryFixture.SYSTEM))
                .isFalse();
        assertThat(models.acts("model.grant", "grants/acme/ours")).isEqualTo(1);
        assertThat(models.acts("model.revoke", "grants/acme/ours")).isEqualTo(1);
    }

    @Test
    void grant_givenTwice_changesNothing_andOfANameInUse_isRefused() {
        ModelName one = models.registered().name();
        ModelName other = models.registered().name();
        ModelName alias = new ModelName("taken");
        assertThat(grant(one, ACME, alias)).isEqualTo(new GrantResult.Granted());
        assertThat(grant(one, ACME, alias)).isEqualTo(new GrantResult.Granted());
        assertThat(models.acts("model.grant", "grants/acme/taken")).isEqualTo(1);
        assertThat(grant(other, ACME, alias)).isInstanceOf(GrantResult.Taken.class);

        models.registry.register(
                RegistryFixture.manifest(ACME, "own", "1"), RegistryFixture.ARTEFACT, RegistryFixture.SYSTEM);
        assertThat(grant(one, ACME, new ModelName("own"))).isInstanceOf(GrantResult.Taken.class);
    }

    @Test
    void grant_ofNoModelOrToNobody_isUnknown() {
        ModelName alias = new ModelName("nothing");
        assertThat(grant(new ModelName("no-such"), ACME, alias)).isInstanceOf(GrantResult.Unknown.class);
        assertThat(grant(models.registered().name(), new TenantId("nobody"), alias))
                .isInstanceOf(GrantResult.Unknown.class);
        assertThat(models.registry.grant(ACME, models.registered().name(), ACME, alias, RegistryFixture.SYSTEM))
                .as("of another's model")
                .isInstanceOf(GrantResult.Unknown.class);
    }

    private static GrantResult grant(ModelName model, TenantId grantee, ModelName alias) {
        return models.registry.grant(TenantId.PLATFORM, model, grantee, alias, RegistryFixture.SYSTEM);
    }
}
