package dev.sallyport.inference;

/**
 * Turns artefacts of one kind into models that run: the extension point for kinds of models. Safe for use by many
 * threads.
 */
public interface ModelRuntime {

    /** The name by which manifests ask for this runtime, for example {@code onnxruntime}. */
    String id();

    /**
     * Loads an artefact and checks it against the manifest's signature. Blocks.
     *
     * @param manifest of a version whose signature was verified
     * @param artefact its bytes, whose digest was checked; not kept
     * @throws ModelLoadException if the artefact does not parse, asks for what this runtime lacks, or is not what the
     *     signature says
     */
    LoadedModel load(ModelManifest manifest, byte[] artefact) throws ModelLoadException;
}
