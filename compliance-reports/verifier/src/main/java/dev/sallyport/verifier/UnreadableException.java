package dev.sallyport.verifier;

/** A file that was named cannot be used, so that nothing can be checked. Its message is a sentence. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String sentence) {
        super(sentence);
    }
}
