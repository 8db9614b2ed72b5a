package dev.sallyport.verifier;

/** What stands in a package for the record of an entry. */
sealed interface RecordState {
    /**
     * The record that the entry names.
     *
     * @param id its id
     * @param at when it happened, µs since the epoch
     */
    record Present(String id, long at) implements RecordState {}

    /**
     * Purged, as the package says.
     *
     * @param by the id of the record that tells of the purge
     */
    record Purged(String by) implements RecordState {}

    /** Nothing, and nothing accounts for it. */
    record Missing() implements RecordState {}

    /** Bytes that are not those of the entry's digest. */
    record Differs() implements RecordState {}

    /**
     * Bytes of the entry's digest that are no record.
     *
     * @param why a sentence
     */
    record Malformed(String why) implements RecordState {}

    /** A record of another tenant. */
    record OtherTenant() implements RecordState {}
}
