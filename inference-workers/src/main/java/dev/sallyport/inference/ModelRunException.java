package dev.sallyport.inference;

import java.io.Serial;

/** A run did not give an answer: the model or its runtime failed on this input. */
public final class ModelRunException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param sentence what failed, without contents of inputs or outputs */
    public ModelRunException(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what failed, without contents of inputs or outputs
     * @param cause what the runtime threw
     */
    public ModelRunException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
