package dev.sallyport.inference;

import dev.sallyport.policy.FieldFacts;
import dev.sallyport.policy.ModelFacts;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a signer signs for a model version: whose it is, which artefact, how it runs and what it takes and gives.
 *
 * @param owner the tenant that owns the model
 * @param name the owner's name of the model
 * @param version which of its versions
 * @param runtime {@link ModelRuntime#id()} of the runtime that runs it
 * @param digest SHA-256 of the artefact, 64 lower-case hex digits
 * @param signature inputs, outputs and fields
 */
public record ModelManifest(
        TenantId owner, ModelName name, ModelVersion version, String runtime, String digest, Signature signature) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the digest has not the form above */
    public ModelManifest {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("a digest is 64 lower-case hex digits");
        }
    }

    /** Owner, name and version. */
    public ModelRef ref() {
        return new ModelRef(owner, name, version);
    }

    /**
     * What policies and decisions know of this version.
     *
     * @param alias the name under which the caller's tenant knows the model
     */
    public ModelFacts facts(ModelName alias) {
        List<FieldFacts> fields = signature.fields().stream()
                .map(f -> new FieldFacts(f.name(), text(f), f.missing() != null))
                .toList();
        return new ModelFacts(alias, version, fields, signature.classifier() != null);
    }

    private boolean text(Field field) {
        return signature.input(field.tensor()).orElseThrow().datatype() == Datatype.BYTES;
    }
}
