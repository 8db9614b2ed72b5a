package dev.sallyport.policy.detection;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as a reader sees it: characters that show nothing and marks on others are gone; digits of every script, raised,
 * lowered or in circles, and whatever else is ASCII in the compatibility form NFKC, are ASCII, and so are dashes and spaces.
 * It remembers where each remaining UTF-16 unit came from; a mark belongs to what it stands on.
 */
final class NormalisedText {
    private static final int NOTHING = -1;
    private static final int MARK = -2;

    private final String text;
    private final int @Nullable [] starts;
    private final int @Nullable [] ends;

    private NormalisedText(String text, int @Nullable [] starts, int @Nullable [] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    static NormalisedText of(String original) {
        if (isPlain(original)) {
            return new NormalisedText(original, null, null);
        }
        StringBuilder shown = new StringBuilder(original.length());
        int[] starts = new int[original.length()];
        int[] ends = new int[original.length()];
        int length = 0;
        for (int i = 0; i < original.length(); ) {
            int codePoint = original.codePointAt(i);
            int width = Character.charCount(codePoint);
            int seen = Shown.as(codePoint);
            if (seen == MARK && length > 0) {
                ends[length - 1] = i + width;
            } else if (seen >= 0) {
                shown.appendCodePoint(seen);
                // A pair that stays a pair keeps one entry for each of its units.
                for (; length < shown.length(); length++) {
                    starts[length] = i;
                    ends[length] = i + width;
                }
            }
            i += width;
        }
        return new NormalisedText(shown.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }

    /** The text to search. */
    String text() {
        return text;
    }

    /** The finding for a range of {@link #text()}, in offsets of the original. */
    Finding finding(PersonalDataType type, int start, int end, double confidence) {
        return starts == null || ends == null
                ? new Finding(type, start, end, confidence)
                : new Finding(type, starts[start], ends[end - 1], confidence);
    }

    private static boolean isPlain(String original) {
        for (int i = 0; i < original.length(); i++) {
            char c = original.charAt(i);
            if (c >= 0x7f || (c < ' ' && !Character.isWhitespace(c))) {
                return false;
            }
        }
        return true;
    }

    /** What the code points of the first two planes look like, worked out once: a look-up for each character of a text. */
    private static final class Shown {
        private static final int KNOWN = 0x20000;
        private static final int[] TABLE = new int[KNOWN];

        static {
            for (int c = 0; c < KNOWN; c++) {
                TABLE[c] = shownAs(c);
            }
        }

        static int as(int codePoint) {
            return codePoint < KNOWN ? TABLE[codePoint] : shownAs(codePoint);
        }
    }

    /** What a code point looks like to a reader; negative when it shows nothing. */
    private static int shownAs(int c) {
        if (c > ' ' && c < 0x7f) {
            return c;
        }
        int digit = digit(c);
        if (digit >= 0) {
            return '0' + digit;
        }
        return switch (c) {
            case '\t', '\n', '\f', '\r' -> c;
            case 0x0b, 0x85 -> '\n';
            case 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0 -> ' '; // letters and a symbol that are blank
            case 0x2d7, 0x2043, 0x2212 -> '-';
            case 0x2024, 0x3002, 0xfe52, 0xff61 -> '.';
            case 0xfe6b -> '@';
            default -> byCategory(c);
        };
    }

    /** A digit of any script, also a raised, lowered or circled one: a number from 0 to 9 in one sign. */
    @SuppressWarnings("CharacterGetNumericValue") // asked for neither letters nor numbers above 9
    private static int digit(int c) {
        int digit = Character.digit(c, 10);
        if (digit < 0 && Character.getType(c) == Character.OTHER_NUMBER) {
            int value = Character.getNumericValue(c);
            return value <= 9 ? value : -1;
        }
        return digit;
    }

    private static int byCategory(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.FORMAT, Character.CONTROL -> NOTHING;
            case Character.DASH_PUNCTUATION -> '-';
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
            case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> c;
            default -> compatible(c);
        };
    }

    private static int compatible(int c) {
        String form = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        return form.length() == 1 && form.charAt(0) > ' ' && form.charAt(0) < 0x7f ? form.charAt(0) : c;
    }
}
