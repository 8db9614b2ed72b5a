package dev.sallyport.verifier;

/** What is checked; the word stands in reports and in docs/tamper-matrix.md. */
enum Check {
    PACKAGE("package"),
    SIGNATURE("signature"),
    INCLUSION("inclusion"),
    COMPLETENESS("completeness"),
    RECORD("record"),
    ORDER("order"),
    ROUND("round"),
    RECEIPT("receipt"),
    PREVIOUS("previous checkpoint"),
    WITNESS("witness"),
    DECISIONS("decisions");

    private final String word;

    Check(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
