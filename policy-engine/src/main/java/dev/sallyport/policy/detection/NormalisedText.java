package dev.sallyport.policy.detection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as a reader sees it: characters that show nothing are gone, and look-alikes of digits, dashes,
 * spaces and full-width ASCII are ASCII. It remembers where each remaining UTF-16 unit came from.
 */
final class NormalisedText {
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
            int seen = shownAs(codePoint);
            if (seen >= 0) {
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

    /** What a code point looks like to a reader; negative when it shows nothing. */
    private static int shownAs(int c) {
        if (c > ' ' && c < 0x7f) {
            return c;
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return c - 0xfee0;
        }
        int digit = Character.digit(c, 10);
        if (digit >= 0) {
            return '0' + digit;
        }
        return switch (c) {
            case '\t', '\n', '\f', '\r' -> c;
            case 0x0b, 0x85 -> '\n';
            case 0x34f -> -1; // combining grapheme joiner
            case 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0 -> ' '; // letters and a symbol that are blank
            case 0x2d7, 0x2043, 0x2212 -> '-';
            case 0x2024, 0x3002, 0xfe52, 0xff61 -> '.';
            case 0xfe6b -> '@';
            default -> byCategory(c);
        };
    }

    private static int byCategory(int c) {
        if ((c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef)) {
            return -1; // variation selectors
        }
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.ENCLOSING_MARK, Character.CONTROL -> -1;
            case Character.DASH_PUNCTUATION -> '-';
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
            default -> c;
        };
    }
}
