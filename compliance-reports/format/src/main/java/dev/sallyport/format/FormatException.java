package dev.sallyport.format;

/** Says that bytes do not have the form they should have, and where. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message a sentence naming the place and what is expected there; never a value read
     */
    public FormatException(String message) {
        super(message);
    }
}
