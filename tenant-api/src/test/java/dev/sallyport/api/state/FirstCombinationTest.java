package dev.sallyport.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.gateway.GrantedModel;
import dev.sallyport.api.gateway.PolicyLookup;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.inference.Classifier;
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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FirstCombinationTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final ModelName RISK = new ModelName("risk");

    private final Vertx vertx = Vertx.vertx();

    /** What waits for a thread on which it may take its time. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private final TenantSnapshots snapshots =
            new TenantSnapshots(vertx, FirstCombinationTest::snapshot, tenant -> {}, waiting::add);

    @AfterEach
    void close() {
        vertx.close();
    }

    private static ModelManifest manifest() {
        Signature signature = Signature.classifier(
                List.of(new TensorSpec("age", Datatype.FP32, List.of(-1L))),
                List.of(),
                Classifier.of(List.of("low", "high"), "p"));
        return new ModelManifest(
                TenantId.PLATFORM, RISK, new ModelVersion("2"), "onnxruntime", "ab".repeat(32), signature);
    }

    private static TenantSnapshot snapshot(TenantId tenant) {
        ModelManifest manifest = manifest();
        return new TenantSnapshot(
                tenant,
                new StateEpochs(7, 2),
                new TreeMap<>(Map.of(RISK.value(), new TreeMap<>(Map.of(manifest.version(), manifest)))),
                TenantLayers.EMPTY,
                PolicyEngine.of(new PolicySet(Packs.baseline(), Packs.shipped(), Map.of(tenant, TenantLayers.EMPTY))));
    }

    @Test
    void policyFor_firstUse_combinesOnAThreadThatMayBlockAndIsALookUpFromThenOn()
            throws ExecutionException, InterruptedException, TimeoutException {
        ModelManifest manifest = manifest();
        GrantedModel model = new GrantedModel(
                RISK, manifest, manifest.facts(RISK), List.of(manifest.version()), new StateEpochs(7, 2));
        snapshots.reload(ACME);
        waiting.remove().run();

        Future<PolicyLookup> first = snapshots.policyFor(ACME, model);

        assertThat(first.isComplete()).isFalse();
        waiting.remove().run();
        assertThat(found(first)).isInstanceOf(PolicyLookup.Found.class);

        Future<PolicyLookup> second = snapshots.policyFor(ACME, model);

        assertThat(waiting).isEmpty();
        assertThat(second.isComplete()).isTrue();
        assertThat(second.result()).isEqualTo(found(first));
    }

    private static PolicyLookup found(Future<PolicyLookup> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    }
}
