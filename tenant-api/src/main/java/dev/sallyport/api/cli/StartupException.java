package dev.sallyport.api.cli;

import org.jspecify.annotations.Nullable;

/** A program could not run. Its message is one clear sentence for the person who started it, without a secret. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param sentence what is wrong and what to do
     */
    public StartupException(String sentence) {
        super(sentence);
    }

    /**
     * Says why.
     *
     * @param sentence what is wrong and what to do
     * @param cause what happened below
     */
    public StartupException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
