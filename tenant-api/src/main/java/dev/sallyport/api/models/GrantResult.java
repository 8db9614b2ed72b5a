package dev.sallyport.api.models;

/** What became of the wish to grant a model. */
public sealed interface GrantResult {
    /** The tenant may call it now. */
    record Granted() implements GrantResult {}

    /**
     * The tenant knows another model under this name.
     *
     * @param sentence which
     */
    record Taken(String sentence) implements GrantResult {}

    /**
     * There is no such model or tenant.
     *
     * @param sentence which
     */
    record Unknown(String sentence) implements GrantResult {}
}
