package dev.sallyport.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a manifest: canonical JSON in the manner of RFC 8785 (keys sorted, no white space, UTF-8, absent members
 * left out), so that equal manifests have equal bytes and a signature over them means something. Numbers are integers;
 * a field's {@code missing} value is text in the form of {@link Double#toString(double)}.
 */
public final class ManifestCodec {
    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.NON_NULL))
            .build();

    private ManifestCodec() {}

    private record ManifestForm(
            int v,
            String owner,
            String name,
            String version,
            String runtime,
            String digest,
            List<SpecForm> inputs,
            List<SpecForm> outputs,
            List<FieldForm> fields,
            @Nullable ClassifierForm classifier) {}

    private record SpecForm(String name, Datatype datatype, List<Long> shape) {}

    private record FieldForm(
            String name,
            String tensor,
            int column,
            @Nullable String missing,
            boolean ignored) {}

    private record ClassifierForm(
            List<String> labels, String label, String scores, String source, Classifier.ScoreForm form) {}

    /** A manifest's canonical bytes. */
    public static byte[] encode(ModelManifest manifest) {
        Signature signature = manifest.signature();
        try {
            return MAPPER.writeValueAsBytes(new ManifestForm(
                    VERSION,
                    manifest.owner().value(),
                    manifest.name().value(),
                    manifest.version().value(),
                    manifest.runtime(),
                    manifest.digest(),
                    forms(signature.inputs()),
                    forms(signature.outputs()),
                    signature.fields().stream().map(ManifestCodec::form).toList(),
                    form(signature.classifier())));
        } catch (JacksonException e) {
            throw new IllegalStateException("a manifest did not become JSON", e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if the bytes are not a manifest in canonical form
     */
    public static ModelManifest decode(byte[] bytes) {
        @Nullable ManifestForm form;
        try {
            form = MAPPER.readValue(bytes, ManifestForm.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a model manifest", e);
        }
        if (form == null) {
            throw new IllegalArgumentException("not a model manifest");
        }
        ModelManifest manifest = manifest(form);
        if (!Arrays.equals(encode(manifest), bytes)) {
            throw new IllegalArgumentException("a model manifest that is not in canonical form");
        }
        return manifest;
    }

    private static ModelManifest manifest(ManifestForm form) {
        if (form.v != VERSION) {
            throw new IllegalArgumentException("a model manifest of version " + form.v);
        }
        try {
            Signature signature = new Signature(
                    specs(form.inputs),
                    specs(form.outputs),
                    form.fields.stream().map(ManifestCodec::field).toList(),
                    classifier(form.classifier));
            return new ModelManifest(
                    new TenantId(form.owner),
                    new ModelName(form.name),
                    new ModelVersion(form.version),
                    form.runtime,
                    form.digest,
                    signature);
        } catch (NullPointerException e) {
            throw new IllegalArgumentException("a model manifest that lacks a member", e);
        }
    }

    private static List<SpecForm> forms(List<TensorSpec> specs) {
        return specs.stream()
                .map(s -> new SpecForm(s.name(), s.datatype(), s.shape()))
                .toList();
    }

    private static FieldForm form(Field field) {
        Double missing = field.missing();
        String text = missing == null ? null : Double.toString(missing);
        return new FieldForm(field.name(), field.tensor(), field.column(), text, field.ignored());
    }

    private static @Nullable ClassifierForm form(@Nullable Classifier c) {
        return c == null
                ? null
                : new ClassifierForm(c.labels(), c.labelOutput(), c.scoresOutput(), c.source(), c.form());
    }

    private static List<TensorSpec> specs(List<SpecForm> forms) {
        return forms.stream()
                .map(s -> new TensorSpec(s.name, s.datatype, s.shape))
                .toList();
    }

    private static Field field(FieldForm form) {
        Double missing = form.missing == null ? null : Double.valueOf(form.missing);
        return new Field(form.name, form.tensor, form.column, missing, form.ignored);
    }

    private static @Nullable Classifier classifier(@Nullable ClassifierForm form) {
        return form == null ? null : new Classifier(form.labels, form.label, form.scores, form.source, form.form);
    }
}
