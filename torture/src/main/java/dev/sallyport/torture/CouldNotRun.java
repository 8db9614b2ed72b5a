package dev.sallyport.torture;

/** The torture could not be carried out; its message says why. It says nothing about the product's promises. */
final class CouldNotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CouldNotRun(String sentence) {
        super(sentence);
    }

    CouldNotRun(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
