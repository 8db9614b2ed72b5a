package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds medical record numbers. Each hospital gives its own, so that the form says little: letters, digits and
 * hyphens without a gap, at least four of them digits, where words just before or after say that it is one; and groups of
 * digits with the same signs between them, at least six digits together and no date or time, where words before do.
 */
final class RecordNumberSearch implements Search {
    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.MRN, Vocabulary.MEDICAL_RECORD, findings).run(new RecordNumberReader());
    }

    private static final class RecordNumberReader implements Scan.Reader {
        private static final int FEWEST_DIGITS = 4;
        private static final int FEWEST_DIGITS_IN_GROUPS = 6;
        private static final double CONFIDENCE = 0.85;

        /** The end of a token known to have too few digits: what begins within it has no more. Keeps time linear. */
        private int refusedUntil;

        /** The end of a token that is too short or after which no name stands: without a name before it, it is none. */
        private int unnamedUntil;

        /** The end of a date or time: words before it do not name what is in it. */
        private int dateUntil;

        @Override
        public int read(Scan scan, int at) {
            boolean digit = Scan.isDigit(scan.text().charAt(at));
            boolean named = scan.inContext();
            if (named && digit && at >= dateUntil) {
                dateUntil = dateEnd(scan.numbers(at));
            }
            named &= at >= dateUntil;
            if (!named && at < unnamedUntil) {
                return at;
            }
            int end = at < refusedUntil ? at : tokenEnd(scan, at, named);
            if (end == at && named && digit) {
                end = groupsEnd(scan.numbers(at));
            }
            if (end > at) {
                scan.found(at, end, CONFIDENCE);
            }
            return end;
        }

        /** Where a token that is a number ends; the offset itself if it is none. */
        private int tokenEnd(Scan scan, int at, boolean named) {
            String text = scan.text();
            int digits = 0;
            int token = at;
            for (; token < text.length() && belongs(text.charAt(token)); token++) {
                digits += Scan.isDigit(text.charAt(token)) ? 1 : 0;
            }
            int end = token;
            while (text.charAt(end - 1) == '-') {
                end--;
            }
            if (digits >= FEWEST_DIGITS && (named || Vocabulary.MEDICAL_RECORD.follows(text, end))) {
                return end;
            }
            if (named) {
                refusedUntil = token;
            } else {
                unnamedUntil = token;
            }
            return at;
        }

        /** The end of a date without hyphens, which make a token of it, or of a time; 0 if a run does not begin with one. */
        private static int dateEnd(NumberRun run) {
            if (run.isDate(0) && !run.follows(1, '-')) {
                return run.end(2);
            }
            if (run.after(0) != ':' || run.digits(0) > 2 || !run.has(1) || run.digits(1) != 2 || !run.follows(1, ':')) {
                return 0;
            }
            boolean seconds = run.has(2) && run.follows(2, ':');
            if (seconds && (run.digits(2) != 2 || (run.has(3) && run.follows(3, ':')))) {
                return 0;
            }
            return run.end(seconds ? 2 : 1);
        }

        /** Where groups of digits that make one number end; the offset itself if they make none. */
        private static int groupsEnd(NumberRun run) {
            int at = run.start(0);
            if (!run.has(1) || run.isListed(1)) {
                return at;
            }
            int gap = run.end(0);
            int afterGap = run.start(1);
            int groups = 1;
            int digits = run.digits(0);
            while (run.has(groups) && run.alike(groups, gap, afterGap) && !run.isListed(groups)) {
                digits += run.digits(groups);
                groups++;
            }
            return digits < FEWEST_DIGITS_IN_GROUPS ? at : run.end(groups - 1);
        }

        private static boolean belongs(char c) {
            return c == '-' || Scan.isDigit(c) || Character.isLetter(c);
        }
    }
}
