package dev.sallyport.verifier;

/** One thing that came of a verification. */
sealed interface Finding {
    /** What was found. */
    Code code();

    /** A sentence for people: what was checked, and what was found or cannot be checked. */
    String text();

    /** A check that holds. */
    record Held(Code code, String text) implements Finding {}

    /** A check that does not: the package is bad. */
    record Broken(Code code, String text) implements Finding {}

    /** Something that a reader should know and that is no failure. */
    record Noticed(Code code, String text) implements Finding {}

    /** What was not, or cannot be, checked. */
    record NotChecked(Code code, String text) implements Finding {}

    /** The word for it in reports. */
    default String outcome() {
        return switch (this) {
            case Held held -> "holds";
            case Broken broken -> "broken";
            case Noticed noticed -> "noticed";
            case NotChecked not -> "not-checked";
        };
    }
}
