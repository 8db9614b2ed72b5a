package dev.sallyport.verifier;

/** The package has not the form of one. Its message is a sentence, without anything read. */
final class PackageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PackageException(String sentence) {
        super(sentence);
    }
}
