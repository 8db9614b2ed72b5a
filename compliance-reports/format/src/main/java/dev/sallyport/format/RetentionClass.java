package dev.sallyport.format;

/** How long a record is kept at least; fixed when it is written, since the partition it lies in follows from it. */
public enum RetentionClass {
    /** 12 months. */
    SHORT("short"),
    /** 36 months. */
    STANDARD("standard"),
    /** 84 months, for 45 CFR 164.316(b)(2)(i) and every administrative act. */
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
