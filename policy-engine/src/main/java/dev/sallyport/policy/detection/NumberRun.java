package dev.sallyport.policy.detection;

/**
 * Groups of digits with a gap of one to five characters between neighbours that are neither letters nor digits: "4111 1111",
 * "123-45-6789", "(123) 45 | 6789". Reads ahead as far as it is asked, and remembers the last groups only, so that a run
 * takes the same memory however long it is.
 */
final class NumberRun {
    static final int LONGEST_GAP = 5;

    /** How many groups are remembered, a power of two: a card has at most 19, and one stands on each side. */
    private static final int KEPT = 32;

    private final String text;
    private final int[] starts = new int[KEPT];
    private final int[] ends = new int[KEPT];
    private int read;
    private int next;

    NumberRun(String text) {
        this.text = text;
    }

    /** Begins anew, with the run whose first digit is at an offset. */
    NumberRun from(int start) {
        read = 0;
        next = start;
        has(0);
        return this;
    }

    /** Whether the run goes on to a group, from 0. */
    boolean has(int group) {
        while (read <= group && next >= 0) {
            int end = Scan.digitsEnd(text, next);
            starts[read & (KEPT - 1)] = next;
            ends[read & (KEPT - 1)] = end;
            read++;
            next = nextGroup(text, end);
        }
        return group < read;
    }

    private static int nextGroup(String text, int end) {
        int limit = Math.min(text.length() - 1, end + LONGEST_GAP);
        for (int i = end; i <= limit; i++) {
            char c = text.charAt(i);
            if (Scan.isDigit(c)) {
                return i;
            }
            if (Character.isLetter(c)) {
                return -1;
            }
        }
        return -1;
    }

    int start(int group) {
        return starts[group & (KEPT - 1)];
    }

    int end(int group) {
        return ends[group & (KEPT - 1)];
    }

    int digits(int group) {
        return end(group) - start(group);
    }

    /** Where the last group that was read ends. */
    int end() {
        return end(read - 1);
    }

    /** The character right after a group; a line's end after the last of the text. */
    char after(int group) {
        return end(group) < text.length() ? text.charAt(end(group)) : '\n';
    }

    /** Whether all that stands before a group, after its neighbour, is one sign. */
    boolean follows(int group, char sign) {
        return start(group) - end(group - 1) == 1 && text.charAt(end(group - 1)) == sign;
    }

    boolean hasSign(int group, char sign) {
        int at = text.indexOf(sign, end(group - 1));
        return at >= 0 && at < start(group);
    }

    /**
     * Whether groups look like one number without any word's help: only {@code " -._/"} between them, or the same signs, but
     * for brackets and space, everywhere between them and not on either side, as in a list.
     */
    boolean isOne(int first, int last) {
        boolean plain = true;
        boolean alike = true;
        for (int group = first + 1; group <= last; group++) {
            plain &= isPlain(group);
            alike &= alike(group, first + 1);
        }
        return plain || (alike && !goesOnBefore(first) && !goesOnAfter(last));
    }

    private boolean isPlain(int group) {
        for (int i = end(group - 1); i < start(group); i++) {
            if (" -._/".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a gap is that of a list or a table: a comma, a semicolon or a bar with space beside it. */
    boolean isListed(int group) {
        boolean space = false;
        boolean sign = false;
        for (int i = end(group - 1); i < start(group); i++) {
            space |= text.charAt(i) <= ' ';
            sign |= ",;|".indexOf(text.charAt(i)) >= 0;
        }
        return space && sign;
    }

    /** Whether there is no sign in a gap, but for brackets and space. */
    boolean isBlank(int group) {
        return sign(end(group - 1), start(group)) == start(group);
    }

    /** Whether the gaps before two groups have the same signs, but for brackets and space. */
    boolean alike(int group, int other) {
        return alike(end(group - 1), start(group), end(other - 1), start(other));
    }

    /** Whether the gap before a group has the same signs as a part of the text. */
    boolean alike(int group, int from, int to) {
        return alike(end(group - 1), start(group), from, to);
    }

    /** A marker stands where digits stood: what is redacted changes nothing for its neighbours. */
    private boolean goesOnBefore(int first) {
        if (first > 0) {
            return alike(first, first + 1);
        }
        int start = start(first);
        for (int i = start - 1; i >= Math.max(0, start - LONGEST_GAP - 1); i--) {
            char c = text.charAt(i);
            if (c == ']' && alike(first + 1, i + 1, start)) {
                return true;
            }
            if (Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return false;
    }

    private boolean goesOnAfter(int last) {
        if (has(last + 1)) {
            return alike(last + 1, last);
        }
        int end = end(last);
        for (int i = end; i <= Math.min(text.length() - 1, end + LONGEST_GAP); i++) {
            char c = text.charAt(i);
            if (c == '[' && alike(last, end, i)) {
                return true;
            }
            if (Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return false;
    }

    private boolean alike(int from, int to, int otherFrom, int otherTo) {
        int i = from;
        int j = otherFrom;
        while (true) {
            i = sign(i, to);
            j = sign(j, otherTo);
            if (i == to || j == otherTo) {
                return i == to && j == otherTo;
            }
            if (text.charAt(i) != text.charAt(j)) {
                return false;
            }
            i++;
            j++;
        }
    }

    private int sign(int from, int to) {
        int at = from;
        while (at < to && (text.charAt(at) <= ' ' || "()[]{}".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** Whether three groups are a date of our time: 2026-11-23, 23.11.2026, 11/23/2026. */
    boolean isDate(int first) {
        if ("-/.".indexOf(after(first)) < 0 || digits(first) > 4 || !has(first + 2)) {
            return false;
        }
        for (char sign : new char[] {'-', '/', '.'}) {
            if (follows(first + 1, sign) && follows(first + 2, sign)) {
                return (isYear(first) && digits(first + 1) <= 2 && digits(first + 2) <= 2)
                        || (isYear(first + 2) && digits(first) <= 2 && digits(first + 1) <= 2);
            }
        }
        return false;
    }

    private boolean isYear(int group) {
        return digits(group) == 4 && (text.startsWith("19", start(group)) || text.startsWith("20", start(group)));
    }
}
