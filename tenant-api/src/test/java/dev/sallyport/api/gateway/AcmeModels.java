package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A catalogue in memory: Acme's two models, and none of anybody else's. */
final class AcmeModels implements Catalogue {
    static final Signature SIMPLE = new Signature(
            List.of(spec("INPUT0", Datatype.INT32, 1, 16), spec("INPUT1", Datatype.INT32, 1, 16)),
            List.of(spec("OUTPUT0", Datatype.INT32, 1, 16), spec("OUTPUT1", Datatype.INT32, 1, 16)),
            List.of(),
            null);
    static final Signature RISK = Signature.classifier(
            List.of(spec("features", Datatype.FP32, -1, 2), spec("note", Datatype.BYTES, -1)),
            List.of(
                    Field.column("age", "features", 0),
                    Field.column("days", "features", 1).withMissing(-1),
                    Field.ignored("note")),
            Classifier.of(List.of("low", "high"), "p"));

    /** What looking up ends with instead; null while it works. */
    volatile @Nullable RuntimeException broken;

    @Override
    public Future<Optional<GrantedModel>> find(TenantId tenant, ModelName alias, @Nullable ModelVersion version) {
        return list(tenant)
                .map(models -> models.stream()
                        .filter(granted -> granted.alias().equals(alias))
                        .filter(granted -> version == null || granted.versions().contains(version))
                        .findFirst());
    }

    @Override
    public Future<List<GrantedModel>> list(TenantId tenant) {
        RuntimeException failure = broken;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        return Future.succeededFuture(
                tenant.equals(GatewayFixture.ACME)
                        ? List.of(granted("risk", RISK), granted("simple", SIMPLE))
                        : List.of());
    }

    private static GrantedModel granted(String name, Signature signature) {
        ModelManifest manifest = new ModelManifest(
                TenantId.PLATFORM,
                new ModelName(name + "-model"),
                new ModelVersion("2"),
                "onnxruntime",
                "ab".repeat(32),
                signature);
        ModelName alias = new ModelName(name);
        return new GrantedModel(
                alias, manifest, manifest.facts(alias), List.of(new ModelVersion("2")), new StateEpochs(9, 9));
    }

    private static TensorSpec spec(String name, Datatype datatype, long... shape) {
        return new TensorSpec(name, datatype, Arrays.stream(shape).boxed().toList());
    }
}
