package dev.sallyport.api.models;

import dev.sallyport.inference.ModelManifest;

/** What became of the wish to register a model version. */
public sealed interface Registration {
    /**
     * The version is kept, signed by the platform.
     *
     * @param manifest as kept
     * @param stored false if exactly this version was kept already
     */
    record Registered(ModelManifest manifest, boolean stored) implements Registration {}

    /**
     * Another artefact or another manifest is kept under this version: versions never change.
     *
     * @param sentence which
     */
    record Conflict(String sentence) implements Registration {}

    /**
     * The request is wrong.
     *
     * @param sentence what is wrong
     */
    record Invalid(String sentence) implements Registration {}
}
