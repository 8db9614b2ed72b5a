package dev.sallyport.policy.detection;

import java.util.List;
import java.util.Locale;

/**
 * One reading of a text, from left to right: words go to a {@link Context}, and wherever a word or a number begins
 * a {@link Reader} may take a datum.
 */
final class Scan {
    /** Longer runs of letters are no word that any vocabulary knows. */
    private static final int LONGEST_WORD = 24;

    /** Takes data of one type. */
    interface Reader {
        /**
         * Looks at a place where a run of letters or digits begins.
         *
         * @return the offset after what was taken or looked through; {@code at} to leave it to the scan
         */
        int read(Scan scan, int at);
    }

    private final NormalisedText source;
    private final PersonalDataType type;
    private final Context context;
    private final List<Finding> findings;
    private final NumberRun numbers;

    Scan(NormalisedText source, PersonalDataType type, Vocabulary vocabulary, List<Finding> findings) {
        this.source = source;
        this.type = type;
        this.context = new Context(vocabulary);
        this.findings = findings;
        this.numbers = new NumberRun(source.text());
    }

    String text() {
        return source.text();
    }

    /** The run of numbers that begins with the digit at an offset. There is one at a time. */
    NumberRun numbers(int at) {
        return numbers.from(at);
    }

    boolean inContext() {
        return context.isOpen();
    }

    void found(int start, int end, double confidence) {
        findings.add(source.finding(type, start, end, confidence));
        context.found();
    }

    void run(Reader reader) {
        String text = text();
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || isDigit(c)) {
                int read = reader.read(this, i);
                i = read > i ? read : pass(i);
            } else if (c == '[') {
                i = passMarker(i);
            } else {
                i++;
                punctuation(c, i);
            }
        }
    }

    /** Passes over letters, which are a word, or digits. */
    private int pass(int at) {
        String text = text();
        if (isDigit(text.charAt(at))) {
            return digitsEnd(text, at);
        }
        int end = lettersEnd(text, at);
        context.word(word(text, at, end));
        return end;
    }

    private int passMarker(int at) {
        for (PersonalDataType marked : PersonalDataType.values()) {
            String marker = marked.marker();
            if (text().startsWith(marker, at)) {
                if (marked == type) {
                    context.found();
                } else {
                    context.foundOther();
                }
                return at + marker.length();
            }
        }
        return at + 1;
    }

    private void punctuation(char c, int next) {
        if (c == '#') {
            context.word("number");
        } else if (c == '\n' || (c == '.' && (next == text().length() || text().charAt(next) <= ' '))) {
            context.sentenceEnd();
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static int digitsEnd(String text, int at) {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static int lettersEnd(String text, int at) {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A word in lower case; empty when no vocabulary can know it. */
    static String word(String text, int start, int end) {
        return end - start > LONGEST_WORD ? "" : text.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
