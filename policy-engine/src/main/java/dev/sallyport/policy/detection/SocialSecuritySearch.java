package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds social security numbers. Without a word's help: groups of three, two and four digits that {@link NumberRun#isOne look
 * like one number}. Where a word says that they are one: those with any gaps, nine digits in a row, and nine digits in any
 * groups that hold no date. Area 000, 666 and 900 to 999, group 00 and serial 0000 were never assigned (Social Security
 * Administration, POMS RM 10201.030 and the randomisation of 2011).
 */
final class SocialSecuritySearch implements Search {
    private static final int DIGITS = 9;
    private static final double NAMED = 0.95;
    private static final double HYPHENATED = 0.85;
    private static final double ODD_BUT_NAMED = 0.8;
    private static final double SEPARATED = 0.5;

    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.US_SSN, Vocabulary.SOCIAL_SECURITY, findings).run(SocialSecuritySearch::read);
    }

    private static int read(Scan scan, int at) {
        if (!Scan.isDigit(scan.text().charAt(at))) {
            return at;
        }
        NumberRun run = scan.numbers(at);
        for (int group = 0; run.has(group); ) {
            group += take(scan, run, group);
        }
        return run.end();
    }

    /** Takes a number that begins with a group, if one does; answers how many groups to move on by. */
    private static int take(Scan scan, NumberRun run, int group) {
        boolean named = scan.inContext();
        int first = run.digits(group);
        boolean separated =
                first == 3 && run.has(group + 2) && run.digits(group + 1) == 2 && run.digits(group + 2) == 4;
        // A name after a number ends the run: what is far from its end needs one before.
        boolean mayBe = named || separated || run.digits(group) == DIGITS || !run.has(group + DIGITS);
        int groups = separated ? 3 : mayBe ? groupsOfNine(run, group) : 0;
        if (groups == 0 || !isAssigned(scan.text(), run, group, groups)) {
            return 1;
        }
        int end = run.end(group + groups - 1);
        boolean one = separated && isOne(run, group);
        if (!one && !named && !Vocabulary.SOCIAL_SECURITY.follows(scan.text(), end)) {
            return 1;
        }
        if (groups > 1 && !separated && holdsDate(run, group, groups)) {
            return 1;
        }
        scan.found(run.start(group), end, confidence(run, group, groups, named, separated));
        return groups;
    }

    /** How many groups from a first one have nine digits together; 0 if none have. */
    private static int groupsOfNine(NumberRun run, int first) {
        int digits = 0;
        for (int group = first; digits < DIGITS && run.has(group); group++) {
            digits += run.digits(group);
            if (digits == DIGITS) {
                return group - first + 1;
            }
        }
        return 0;
    }

    private static boolean isAssigned(String text, NumberRun run, int first, int groups) {
        int number = 0;
        for (int group = first; group < first + groups; group++) {
            for (int i = run.start(group); i < run.end(group); i++) {
                number = 10 * number + text.charAt(i) - '0';
            }
        }
        int area = number / 1_000_000;
        return area != 0 && area != 666 && area < 900 && number / 10_000 % 100 != 0 && number % 10_000 != 0;
    }

    /** Of "120, 45, 6789" and "0.123 45.6789" the first is a list and the second are decimal numbers. */
    private static boolean isOne(NumberRun run, int group) {
        boolean decimal = (run.follows(group + 2, '.') && run.isBlank(group + 1))
                || (run.follows(group + 1, '.') && run.isBlank(group + 2));
        return run.isOne(group, group + 2) && !run.isListed(group + 1) && !run.isListed(group + 2) && !decimal;
    }

    private static boolean holdsDate(NumberRun run, int first, int groups) {
        for (int group = first; group + 2 < first + groups; group++) {
            if (run.isDate(group)) {
                return true;
            }
        }
        return false;
    }

    private static double confidence(NumberRun run, int group, int groups, boolean named, boolean separated) {
        if (groups == 1 || (named && separated)) {
            return NAMED;
        }
        if (!separated) {
            return ODD_BUT_NAMED;
        }
        return run.hasSign(group + 1, '-') && run.hasSign(group + 2, '-') ? HYPHENATED : SEPARATED;
    }
}
