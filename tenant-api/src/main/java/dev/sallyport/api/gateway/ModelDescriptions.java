package dev.sallyport.api.gateway;

import dev.sallyport.inference.Field;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.policy.ModelVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Models as the protocol's metadata and as Triton's configuration tell of them. */
final class ModelDescriptions {
    /** What Triton's clients may put together; the lanes batch by themselves. */
    private static final int MAX_BATCH = 32;

    private ModelDescriptions() {}

    /** The protocol's model metadata; fields and labels stand in its properties, as strings. */
    static JsonObject metadata(GrantedModel model) {
        ModelManifest manifest = model.manifest();
        return new JsonObject()
                .put("name", model.alias().value())
                .put(
                        "versions",
                        new JsonArray(model.versions().stream()
                                .map(ModelVersion::value)
                                .toList()))
                .put("platform", platform(manifest.runtime()))
                .put("inputs", tensors(manifest.signature().inputs()))
                .put("outputs", tensors(manifest.signature().outputs()))
                .put("properties", properties(manifest.signature()));
    }

    private static String platform(String runtime) {
        return runtime.equals("onnxruntime") ? "onnxruntime_onnx" : runtime;
    }

    private static JsonArray tensors(List<TensorSpec> specs) {
        JsonArray all = new JsonArray();
        for (TensorSpec spec : specs) {
            all.add(new JsonObject()
                    .put("name", spec.name())
                    .put("datatype", spec.datatype().name())
                    .put("shape", new JsonArray(spec.shape())));
        }
        return all;
    }

    private static JsonObject properties(Signature signature) {
        JsonObject properties = new JsonObject();
        properties.put("fields", signature.fields().stream().map(Field::name).collect(Collectors.joining(",")));
        for (Field field : signature.fields()) {
            String place = field.column() == Field.WHOLE ? field.tensor() : field.tensor() + "[" + field.column() + "]";
            properties.put("field." + field.name(), place);
        }
        if (signature.classifier() != null) {
            properties.put("labels", String.join(",", signature.classifier().labels()));
        }
        return properties;
    }

    /**
     * Triton's model configuration, as far as its clients ask for it: a model whose rows run together has
     * {@code max_batch_size} and dimensions without the rows, any other has 0 and its whole shape.
     */
    static JsonObject config(GrantedModel model) {
        Signature signature = model.manifest().signature();
        boolean batches = signature.batchable();
        return new JsonObject()
                .put("name", model.alias().value())
                .put("platform", platform(model.manifest().runtime()))
                .put("backend", model.manifest().runtime())
                .put("max_batch_size", batches ? MAX_BATCH : 0)
                .put("input", configured(signature.inputs(), batches))
                .put("output", configured(signature.outputs(), batches));
    }

    private static JsonArray configured(List<TensorSpec> specs, boolean batches) {
        JsonArray all = new JsonArray();
        for (TensorSpec spec : specs) {
            List<Long> dims = batches ? spec.shape().subList(1, spec.shape().size()) : spec.shape();
            String type = spec.datatype().name();
            all.add(new JsonObject()
                    .put("name", spec.name())
                    .put("data_type", "TYPE_" + (type.equals("BYTES") ? "STRING" : type))
                    .put("dims", new JsonArray(dims.isEmpty() ? List.of(1L) : dims)));
        }
        return all;
    }
}
