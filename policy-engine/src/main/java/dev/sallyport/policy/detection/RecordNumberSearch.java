package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds medical record numbers. Each hospital gives its own, so that the form says little: letters, digits and
 * hyphens without a gap, at least four of them digits, where words just before say that it is one.
 */
final class RecordNumberSearch implements Search {
    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.MRN, Vocabulary.MEDICAL_RECORD, findings).run(new RecordNumberReader());
    }

    private static final class RecordNumberReader implements Scan.Reader {
        private static final int FEWEST_DIGITS = 4;
        private static final double CONFIDENCE = 0.85;

        /** The end of a token known to have too few digits: what begins within it has no more. Keeps time linear. */
        private int refusedUntil;

        @Override
        public int read(Scan scan, int at) {
            if (!scan.inContext() || at < refusedUntil) {
                return at;
            }
            String text = scan.text();
            int digits = 0;
            int end = at;
            for (; end < text.length() && belongs(text.charAt(end)); end++) {
                digits += Scan.isDigit(text.charAt(end)) ? 1 : 0;
            }
            if (digits < FEWEST_DIGITS) {
                refusedUntil = end;
                return at;
            }
            while (text.charAt(end - 1) == '-') {
                end--;
            }
            scan.found(at, end, CONFIDENCE);
            return end;
        }

        private static boolean belongs(char c) {
            return c == '-' || Scan.isDigit(c) || Character.isLetter(c);
        }
    }
}
