package dev.sallyport.api.identity;

/** The database cannot be asked; nothing was done. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what could not be done.
     *
     * @param sentence without data
     * @param cause what the database's driver said
     */
    public StoreUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
