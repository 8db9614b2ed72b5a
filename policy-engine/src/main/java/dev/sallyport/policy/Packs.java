package dev.sallyport.policy;

import java.util.Map;

/** The documents that come with the engine. */
@SuppressWarnings("DoNotCallSuggester")
public final class Packs {
    private Packs() {}

    /**
     * The packs that a tenant may choose.
     *
     * @return documents by id: {@code gdpr}, {@code hipaa}
     */
    public static Map<String, PolicyDocument> shipped() {
        throw new UnsupportedOperationException("shipped");
    }

    /**
     * The platform's document until an operator publishes another.
     *
     * @return the document {@code platform/baseline}
     */
    public static PolicyDocument baseline() {
        throw new UnsupportedOperationException("baseline");
    }
}
