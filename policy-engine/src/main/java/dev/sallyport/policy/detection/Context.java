package dev.sallyport.policy.detection;

/**
 * Whether the words read so far say that the next number is of a type. A name opens it; a few words may stand
 * between; a name of something else, a sentence's end after other words, or a fourth such word closes it. A datum
 * that was found opens it as a name does, for the rest of a list, and so does the marker that redaction leaves:
 * hence what is found in a redacted text was found in the original.
 */
final class Context {
    /** How many words that are no connectors may follow a name before it is forgotten. */
    private static final int FILLERS = 3;

    private final Vocabulary vocabulary;
    private static final int MOST_INITIALS = 4;

    private String previous = "";
    /** The single letters read last, one after another: "M.R.N." is a name as "MRN" is. */
    private String initials = "";

    private boolean open;
    private int fillers;

    Context(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    boolean isOpen() {
        return open;
    }

    /** Reads a word, lower case. */
    void word(String word) {
        initials = word.length() == 1 ? last(initials.concat(word)) : "";
        if (vocabulary.names(previous, word) || vocabulary.abbreviates(initials)) {
            open = true;
            fillers = 0;
        } else if (open && vocabulary.excludes(word)) {
            open = false;
        } else if (open && !Vocabulary.connects(word)) {
            fillers++;
            open = fillers <= FILLERS;
        }
        previous = word;
    }

    private static String last(String letters) {
        return letters.substring(Math.max(0, letters.length() - MOST_INITIALS));
    }

    /** Reads the end of a sentence or a line: an abbreviation's dot right after a name is none. */
    void sentenceEnd() {
        if (fillers > 0) {
            open = false;
        }
    }

    /** A datum of this type stood here, or its marker. */
    void found() {
        open = true;
        fillers = FILLERS;
        previous = "";
        initials = "";
    }

    /** A datum of another type stood here, or its marker. */
    void foundOther() {
        open = false;
        previous = "";
        initials = "";
    }
}
