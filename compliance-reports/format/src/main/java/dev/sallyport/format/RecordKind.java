package dev.sallyport.format;

/** What a record tells of. */
public enum RecordKind {
    /** A call was decided. */
    DECISION("decision"),
    /** A person, a program or the service changed something or tried to. */
    ACT("act"),
    /** The service looked at a state that reports rely on. */
    OBSERVATION("observation");

    private final String code;

    RecordKind(String code) {
        this.code = code;
    }

    /** Returns the word that stands in a record. */
    public String code() {
        return code;
    }
}
