package dev.sallyport.format;

/** How long a record is kept at least; fixed when it is written, since the partition it lies in follows from it. */
public enum RetentionClass {
    /** 12 months. */
    SHORT("short", 12),
    /** 36 months: what is kept where nobody asks for more. */
    STANDARD("standard", 36),
    /** 84 months, for 45 CFR 164.316(b)(2)(i) and every administrative act. */
    LONG("long", 84);

    private final String code;
    private final int months;

    RetentionClass(String code, int months) {
        this.code = code;
        this.months = months;
    }

    /** Returns the word that stands in a record and in the table. */
    public String code() {
        return code;
    }

    /** Returns how many months a record is kept at least. */
    public int months() {
        return months;
    }

    /**
     * Returns the class of records that are to be kept for so long at least. A low floor asks for nothing shorter than
     * {@link #STANDARD}: only a ceiling could.
     *
     * @param months from 0 to {@link #LONG}'s
     * @throws IllegalArgumentException if no class keeps records for so long
     */
    public static RetentionClass keeping(int months) {
        if (months <= STANDARD.months) {
            return STANDARD;
        }
        if (months <= LONG.months) {
            return LONG;
        }
        throw new IllegalArgumentException("no retention class keeps records for " + months + " months");
    }
}
