package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds addresses of the form {@code local@label.label.tld}: RFC 5322's dot-atom without the signs that rather
 * belong to the text around it ({@code = / ? | { }}), letters of any script (RFC 6531), at least two labels, the
 * last one of letters or in Punycode. Read outwards from each {@code @}, which no part of an address holds: in linear time.
 */
final class EmailSearch implements Search {
    private static final double CONFIDENCE = 0.95;
    private static final String PUNYCODE = "xn--";

    @Override
    public void search(NormalisedText normalised, List<Finding> findings) {
        String text = normalised.text();
        int from = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int end = domainEnd(text, at + 1);
            int start = end < 0 ? -1 : localStart(text, from, at);
            if (start >= 0) {
                findings.add(normalised.finding(PersonalDataType.EMAIL, start, end, CONFIDENCE));
                from = end;
            }
        }
    }

    /** The first letter, digit or underscore of the local part; negative if there is none. */
    private static int localStart(String text, int from, int at) {
        int start = -1;
        for (int i = at; i > from; ) {
            int c = text.codePointBefore(i);
            i -= Character.charCount(c);
            if (isWord(c)) {
                start = i;
            } else if (".%+&~!#$*^'-".indexOf(c) < 0) {
                break;
            }
        }
        return start;
    }

    /** The end of the domain with the most labels; negative if there is none. */
    private static int domainEnd(String text, int domain) {
        int end = -1;
        for (int label = domain; ; ) {
            int top = label == domain ? -1 : topLabelEnd(text, label);
            end = top < 0 ? end : top;
            int dot = labelEnd(text, label);
            if (dot < 0) {
                return end;
            }
            label = dot + 1;
        }
    }

    /** The dot after a label, which begins and ends with a letter, digit or underscore; negative if there is none. */
    private static int labelEnd(String text, int label) {
        int last = '-';
        for (int i = label; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '.') {
                return last == '-' ? -1 : i;
            }
            if (!isWord(c) && (c != '-' || i == label)) {
                return -1;
            }
            last = c;
            i += Character.charCount(c);
        }
        return -1;
    }

    private static int topLabelEnd(String text, int label) {
        int end = label;
        if (text.startsWith(PUNYCODE, label)) {
            for (int i = label; i < text.length() && isPunycode(text.charAt(i)); i++) {
                end = text.charAt(i) == '-' ? end : i + 1;
            }
            if (end - label > PUNYCODE.length()) {
                return end;
            }
            end = label;
        }
        int letters = 0;
        while (end < text.length() && Character.isLetter(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
            letters++;
        }
        return letters >= 2 ? end : -1;
    }

    private static boolean isPunycode(char c) {
        return c == '-' || Scan.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isWord(int c) {
        if (c < 0x80) {
            return isPunycode((char) c) ? c != '-' : c == '_';
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> Character.isLetter(c);
        };
    }
}
