package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds medical record numbers. Each hospital gives its own, so that the form says little: letters, digits and
 * hyphens, 4 to 20 units, at least four of them digits, where words just before say that it is one.
 */
final class RecordNumberSearch implements Search {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 20;
    private static final int FEWEST_DIGITS = 4;
    private static final double CONFIDENCE = 0.85;

    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.MRN, Vocabulary.MEDICAL_RECORD, findings).run(RecordNumberSearch::read);
    }

    private static int read(Scan scan, int at) {
        if (!scan.inContext()) {
            return at;
        }
        String text = scan.text();
        int digits = 0;
        int end = at;
        // One unit past the longest is enough to know that it is too long.
        while (end < text.length() && end - at <= LONGEST && belongs(text.charAt(end))) {
            digits += Scan.isDigit(text.charAt(end)) ? 1 : 0;
            end++;
        }
        while (text.charAt(end - 1) == '-') {
            end--;
        }
        if (end - at < SHORTEST || end - at > LONGEST || digits < FEWEST_DIGITS) {
            return at;
        }
        scan.found(at, end, CONFIDENCE);
        return end;
    }

    private static boolean belongs(char c) {
        return c == '-' || Scan.isDigit(c) || Character.isLetter(c);
    }
}
