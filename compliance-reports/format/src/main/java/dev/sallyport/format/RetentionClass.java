package dev.sallyport.format;

/** How long a record is kept at least; fixed when it is written, since the partition it lies in follows from it. */
public enum RetentionClass {
    /** One year. */
    SHORT("short"),
    /** Three years. */
    STANDARD("standard"),
    /** Six years and more: what 45 CFR 164.316(b)(2)(i) asks, and every administrative act. */
    LONG("long");

    private final String code;

    RetentionClass(String code) {
        this.code = code;
    }

    /** Returns the word that stands in a record and in the table. */
    public String code() {
        return code;
    }
}
