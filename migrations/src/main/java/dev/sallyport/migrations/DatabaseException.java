package dev.sallyport.migrations;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be started, migrated or checked. The message is a sentence for the operator that
 * says what to do, and holds no secret.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence for the operator
     * @param cause what went wrong below, or null
     */
    public DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
