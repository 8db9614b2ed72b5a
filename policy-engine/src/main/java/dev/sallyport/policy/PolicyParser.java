package dev.sallyport.policy;

/** Reads policy documents. */
@SuppressWarnings("DoNotCallSuggester")
public final class PolicyParser {
    private PolicyParser() {}

    /**
     * Reads a document, and checks all that can be checked without knowing the layers around it.
     *
     * @param name what to call it in problems, and as a document where it names itself nothing
     * @param source YAML 1.2 (core schema) or JSON, at most 256 KiB of UTF-8
     * @return the document, or every problem found
     */
    public static ParseResult parse(String name, String source) {
        throw new UnsupportedOperationException("parse " + name + source);
    }
}
