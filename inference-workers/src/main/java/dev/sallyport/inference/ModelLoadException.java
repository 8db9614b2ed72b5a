package dev.sallyport.inference;

import java.io.Serial;

/** A model version cannot be used; the message says why in a sentence an administrator can act on. */
public final class ModelLoadException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param sentence what is wrong, without contents of the artefact */
    public ModelLoadException(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what is wrong, without contents of the artefact
     * @param cause what the runtime or a port threw
     */
    public ModelLoadException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
