package dev.sallyport.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.api.gateway.GrantedModel;
import dev.sallyport.api.gateway.PolicyLookup;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.api.identity.StoreUnavailableException;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicySet;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TenantSnapshotsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId EURO = new TenantId("euro");
    private static final ModelName SUM = new ModelName("sum");
    private static final PolicyEngine ENGINE = PolicyEngine.of(new PolicySet(Packs.baseline(), Map.of(), Map.of()));

    private final Vertx vertx = Vertx.vertx();
    private final List<TenantId> reads = new ArrayList<>();
    private final List<TenantId> forgotten = new ArrayList<>();
    private final NavigableMap<ModelVersion, ModelManifest> versions = new TreeMap<>();
    private long epoch;
    private boolean down;
    private final TenantSnapshots snapshots = new TenantSnapshots(vertx, this::read, forgotten::add, Runnable::run);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private TenantSnapshot read(TenantId tenant) {
        reads.add(tenant);
        if (down) {
            throw new StoreUnavailableException("down", new IllegalStateException());
        }
        TenantLayers layers = new TenantLayers(List.of(), null, Map.of());
        NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models =
                versions.isEmpty() ? new TreeMap<>() : new TreeMap<>(Map.of(SUM.value(), versions));
        return new TenantSnapshot(tenant, new StateEpochs(epoch, 0), models, layers, ENGINE);
    }

    private static ModelManifest manifest(String version) {
        List<TensorSpec> tensors = List.of(new TensorSpec("t", Datatype.FP32, List.of(1L, 1L)));
        Signature signature = new Signature(tensors, tensors, List.of(), null);
        return new ModelManifest(
                TenantId.PLATFORM, SUM, new ModelVersion(version), "onnxruntime", "ab".repeat(32), signature);
    }

    private void register(String version) {
        versions.put(new ModelVersion(version), manifest(version));
    }

    private Optional<GrantedModel> find(String version) {
        return snapshots.find(ACME, SUM, new ModelVersion(version)).await();
    }

    @Test
    void snapshot_isReadOnce_untilItsTenantsStateChanges() {
        assertThat(snapshots.await(ACME).epochs()).isEqualTo(new StateEpochs(0, 0));
        snapshots.await(EURO);
        epoch = 1;
        assertThat(snapshots.await(ACME).epochs()).isEqualTo(new StateEpochs(0, 0));
        snapshots.forget(ACME);
        assertThat(snapshots.await(ACME).epochs()).isEqualTo(new StateEpochs(1, 0));
        assertThat(snapshots.await(EURO).epochs()).isEqualTo(new StateEpochs(0, 0));
        assertThat(reads).containsExactly(ACME, EURO, ACME);
    }

    @Test
    void snapshots_ofAll_areReadAgain_whenThePlatformsStateChanges() {
        snapshots.await(ACME);
        snapshots.await(EURO);
        snapshots.forget(TenantId.PLATFORM);
        snapshots.await(ACME);
        snapshots.await(EURO);
        assertThat(reads).containsExactly(ACME, EURO, ACME, EURO);
    }

    @Test
    void model_registered_isFoundAfterTheChange() {
        assertThat(find("1")).isEmpty();
        register("1");
        register("1.5");
        register("2");
        snapshots.forget(ACME);
        assertThat(find("1")).isPresent();
        assertThat(find("3")).isEmpty();
        GrantedModel newest = snapshots.find(ACME, SUM, null).await().orElseThrow();
        assertThat(newest.manifest().version()).isEqualTo(new ModelVersion("2"));
        assertThat(newest.versions()).hasSize(3);
        assertThat(snapshots.find(ACME, new ModelName("other"), null).await()).isEmpty();
        assertThat(snapshots.list(ACME).await()).containsExactly(newest);
    }

    @Test
    void reading_thatFails_failsClosed_andIsTriedAgain() {
        register("1");
        GrantedModel model = snapshots.find(ACME, SUM, null).await().orElseThrow();
        snapshots.forget(ACME);
        down = true;
        assertThat(snapshots.find(ACME, SUM, null).otherwise(Optional.empty()).await())
                .as("not the model as it was")
                .isEmpty();
        assertThat(snapshots.policyFor(ACME, model).await()).isEqualTo(new PolicyLookup.Unavailable());
        assertThatThrownBy(() -> snapshots.await(ACME)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> snapshots.reload(ACME).await()).isInstanceOf(StoreUnavailableException.class);
        assertThat(reads).hasSize(5);

        down = false;
        assertThat(snapshots.policyFor(ACME, model).await()).isInstanceOf(PolicyLookup.Found.class);
        assertThat(snapshots.find(ACME, SUM, null).await()).isPresent();
        assertThat(reads).hasSize(6);
    }

    @Test
    void reload_forgetsCallersToo_andReadsAtOnce() {
        snapshots.await(ACME);
        epoch = 1;
        snapshots.reload(ACME).await();
        assertThat(forgotten).containsExactly(ACME);
        assertThat(reads).containsExactly(ACME, ACME);
        assertThat(snapshots.await(ACME).epochs()).isEqualTo(new StateEpochs(1, 0));
        assertThat(reads).hasSize(2);
    }
}
