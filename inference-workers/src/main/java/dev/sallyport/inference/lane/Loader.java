package dev.sallyport.inference.lane;

import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.ModelRuntime;
import dev.sallyport.inference.StoredModel;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings a model version from the store to a runtime. At each load, in this order: the signature must verify, the
 * manifest must be of the version asked for, the artefact must have the manifest's digest, and the runtime must find in
 * it what the manifest declares. Blocks.
 */
final class Loader {
    private final LanePorts ports;
    private final Map<String, ModelRuntime> runtimes;

    Loader(LanePorts ports) {
        this.ports = ports;
        this.runtimes = ports.runtimes().stream().collect(Collectors.toMap(ModelRuntime::id, Function.identity()));
    }

    /**
     * A model that may run.
     *
     * @param manifest verified
     * @param model loaded
     */
    record Loaded(ModelManifest manifest, LoadedModel model) {}

    /** @throws ModelLoadException saying at which step it ended */
    Loaded load(ModelRef ref) throws ModelLoadException {
        try {
            StoredModel stored = ports.store()
                    .find(ref)
                    .orElseThrow(() -> new ModelLoadException("there is no model version " + ref));
            ports.verifier().verify(stored);
            ModelManifest manifest = ManifestCodec.decode(stored.manifest());
            if (!manifest.ref().equals(ref)) {
                throw new ModelLoadException("the manifest of " + ref + " is of " + manifest.ref());
            }
            byte[] artefact = ports.store().artefact(manifest.digest());
            if (!sha256(artefact).equals(manifest.digest())) {
                throw new ModelLoadException("the artefact of " + ref + " has not the digest that was signed");
            }
            return new Loaded(manifest, runtime(manifest).load(manifest, artefact));
        } catch (SignatureException e) {
            throw new ModelLoadException("the signature of " + ref + " does not verify: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelLoadException("the store of models did not give " + ref, e);
        } catch (IllegalArgumentException e) {
            throw new ModelLoadException("the manifest of " + ref + " is not valid: " + e.getMessage(), e);
        }
    }

    private ModelRuntime runtime(ModelManifest manifest) throws ModelLoadException {
        ModelRuntime runtime = runtimes.get(manifest.runtime());
        if (runtime == null) {
            throw new ModelLoadException("there is no runtime " + manifest.runtime() + "; there are "
                    + String.join(", ", runtimes.keySet().stream().sorted().toList()));
        }
        return runtime;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
