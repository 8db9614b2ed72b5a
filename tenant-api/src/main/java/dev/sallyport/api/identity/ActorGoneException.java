package dev.sallyport.api.identity;

/** The key that asked for an act was revoked or expired before the act was done; nothing was done. */
public final class ActorGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public ActorGoneException() {
        super("the credential is no longer good");
    }
}
