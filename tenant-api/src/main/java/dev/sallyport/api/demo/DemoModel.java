package dev.sallyport.api.demo;

import dev.sallyport.format.Sha256;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.Signature;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A model of the demo, trained when it is asked for.
 *
 * @param name under which the platform owns it
 * @param version its only version
 * @param runtime what runs it, {@code onnxruntime} or {@code tribuo}
 * @param signature what it takes and gives
 * @param training makes the artefact from random numbers
 */
public record DemoModel(
        ModelName name,
        ModelVersion version,
        String runtime,
        Signature signature,
        Function<RandomGenerator, byte[]> training) {

    /** Everything that the demo generates comes from this number. */
    private static final long SEED = 2_026_1123L;

    /**
     * Trains the model: about a second on one core, of which the first model bears the loading of the libraries.
     *
     * @return the artefact, ONNX or Tribuo's protobuf; each model has random numbers of its own, so that it comes out
     *     the same whichever others are trained
     */
    public byte[] train() {
        return training.apply(new SplittableRandom(SEED ^ name.value().hashCode()));
    }

    /**
     * The manifest of a trained artefact, owned by the platform.
     *
     * @param artefact what {@link #train} gave
     * @return a manifest with the artefact's digest
     */
    public ModelManifest manifest(byte[] artefact) {
        return new ModelManifest(TenantId.PLATFORM, name, version, runtime, Sha256.hex(artefact), signature);
    }
}
