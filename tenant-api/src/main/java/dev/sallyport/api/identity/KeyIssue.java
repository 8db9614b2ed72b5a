package dev.sallyport.api.identity;

/** What became of the wish for an API key. */
public sealed interface KeyIssue {
    /**
     * The key exists now; this is the only time that its text is known outside its holder.
     *
     * @param id names the key from now on
     * @param key the secret, {@code sp_} and 43 characters of base64url
     */
    record Issued(String id, String key) implements KeyIssue {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Issued[id=" + id + "]";
        }
    }

    /**
     * The request is wrong, or asks for what is not supported yet.
     *
     * @param field the member at fault
     * @param sentence what is wrong and what is allowed
     */
    record Invalid(String field, String sentence) implements KeyIssue {}

    /** There is no such tenant, or no such live key to rotate. */
    record Unknown() implements KeyIssue {}
}
