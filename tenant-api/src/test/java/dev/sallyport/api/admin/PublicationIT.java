package dev.sallyport.api.admin;

import static dev.sallyport.api.admin.Publishing.ACTOR;
import static dev.sallyport.api.admin.Publishing.MODEL;
import static dev.sallyport.api.admin.Publishing.PLATFORM;
import static dev.sallyport.api.admin.Publishing.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.Layer;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing one after the other. */
final class PublicationIT {
    private Publishing publishing;

    @BeforeEach
    void open(@TempDir Path keys) {
        publishing = new Publishing(keys);
    }

    @AfterEach
    void close() {
        publishing.close();
    }

    @Test
    void document_basedOnAnotherVersion_isStale() {
        String source = Publishing.document(Layer.TENANT, "tenant/test", "mode: enforce")
                .replace("name: tenant/test", "name: tenant/test, basedOn: 0");

        assertThat(publish(source)).isEqualTo(new Publication.Published(1, digest(), true));
        assertThat(publish(source + "# changed\n")).isEqualTo(new Publication.Stale(OptionalInt.of(1)));
        assertThat(publish(source.replace("basedOn: 0", "basedOn: 1"))).isInstanceOf(Publication.Published.class);
    }

    private Publication publish(String source) {
        return publishing.policies.publish(TENANT, source, OptionalInt.empty(), false, ACTOR);
    }

    private String digest() {
        return publishing.policies.current(TENANT).orElseThrow().digest();
    }

    /** Also where no model is granted yet. */
    @Test
    void tenant_contradictingTheLayerOfAnUnknownModel_isRefused() {
        assertThat(publishing.publish(MODEL, "input: {allowed: [height]}")).isInstanceOf(Publication.Published.class);

        assertThat(publishing.publish(TENANT, "input: {required: [age]}")).isInstanceOf(Publication.Rejected.class);
        assertThat(publishing.publish(PLATFORM, "input: {required: [age]}")).isInstanceOf(Publication.Rejected.class);
    }

    @Test
    void tenant_createdUnderAPackThatContradictsThePlatform_isRefused() {
        assertThat(publishing.publish(PLATFORM, "input: {allowed: [height]}"))
                .isInstanceOf(Publication.Published.class);

        assertThat(publishing.create(new TenantId("new"), List.of(Publishing.ASKING)))
                .isInstanceOfSatisfying(
                        TenantCreation.Invalid.class,
                        refused -> assertThat(refused.sentence())
                                .contains("platform/test:5 (platform)", "pack/asking:5 (pack)"));
        assertThat(publishing.tenants.find(new TenantId("new"))).isEmpty();
        assertThat(publishing.create(new TenantId("new"), List.of("hipaa"))).isInstanceOf(TenantCreation.Created.class);
    }

    @Test
    void wasPublished_afterWithdrawal_isStillTrue() {
        PolicyPlace other = new PolicyPlace.OfModel(Publishing.ACME, new ModelName("other"));
        publishing.publish(MODEL, "mode: enforce");
        publishing.policies.withdraw(MODEL, OptionalInt.empty(), ACTOR);

        assertThat(publishing.policies.current(MODEL)).isEmpty();
        assertThat(publishing.policies.wasPublished(MODEL)).isTrue();
        assertThat(publishing.policies.wasPublished(other)).isFalse();
    }
}
