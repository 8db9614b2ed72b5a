package dev.sallyport.policy.detection;

import java.util.List;

/**
 * Finds payment card numbers: 13 to 19 digits in one or several groups that begin as a known issuer's do and end
 * with the right check digit. Groups other than those printed on cards, and gaps that do not look like one number's, count
 * only where a word speaks of cards. Digits after a decimal point are no card.
 */
final class CardNumberSearch implements Search {
    private static final double NAMED = 0.99;
    private static final double PRINTED = 0.9;
    private static final double ODD_BUT_NAMED = 0.8;
    private static final double AMONG_LETTERS = 0.6;

    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.PAN, Vocabulary.CARD, findings).run(CardNumberSearch::read);
    }

    private static int read(Scan scan, int at) {
        if (!Scan.isDigit(scan.text().charAt(at))) {
            return at;
        }
        NumberRun run = scan.numbers(at);
        int afterFound = 0;
        for (int first = 0; run.has(first); ) {
            int groups = groupsOfCard(scan, run, first);
            if (groups > 0 && !isFraction(scan.text(), run, first, afterFound)) {
                int last = first + groups - 1;
                scan.found(run.start(first), run.end(last), confidence(scan, run, first, last));
                afterFound = first + groups;
                first = afterFound;
            } else {
                first++;
            }
        }
        return run.end();
    }

    /**
     * Whether a group is what follows the point of a decimal number. A group right after a card that was found is
     * not: once that one is redacted nothing would tell it from a number of its own. Another type's marker stands for
     * the digits before the point.
     */
    private static boolean isFraction(String text, NumberRun run, int group, int afterFound) {
        if (group == 0) {
            int start = run.start(0);
            return start > 1
                    && text.charAt(start - 1) == '.'
                    && text.charAt(start - 2) == ']'
                    && !text.startsWith("[PAN", start - 6);
        }
        return group > afterFound && run.digits(group - 1) <= 3 && run.follows(group, '.');
    }

    /** How many groups from a first one make a card number, the most there are; 0 for none. */
    private static int groupsOfCard(Scan scan, NumberRun run, int first) {
        boolean named = scan.inContext();
        int alone = run.digits(first);
        if (alone > CardNumbers.LONGEST || (!named && alone != 4 && alone < CardNumbers.SHORTEST)) {
            return 0;
        }
        String text = scan.text();
        int found = 0;
        int count = 0;
        int prefix = 0;
        int lengths = 0;
        int plain = 0; // the sum of the digits where the last one counts once
        int doubled = 0; // and where it counts twice
        for (int group = first; run.has(group) && count + run.digits(group) <= CardNumbers.LONGEST; group++) {
            for (int i = run.start(group); i < run.end(group); i++) {
                int digit = text.charAt(i) - '0';
                int sum = doubled + digit;
                doubled = plain + CardNumbers.doubled(digit);
                plain = sum;
                count++;
                if (count <= CardNumbers.PREFIX) {
                    prefix = 10 * prefix + digit;
                    lengths = CardNumbers.lengths(prefix, count);
                }
            }
            if (count >= CardNumbers.PREFIX && lengths == 0) {
                return found;
            }
            boolean card = count >= CardNumbers.SHORTEST && plain % 10 == 0 && (lengths >> count & 1) == 1;
            if (card && (named || (isPrinted(run, first, group) && run.isOne(first, group)))) {
                found = group - first + 1;
            }
        }
        return found;
    }

    /** Whether groups are as on a card: all in one, in fours with a shorter rest, or 4-6-4 and 4-6-5. */
    private static boolean isPrinted(NumberRun run, int first, int last) {
        if (first == last) {
            return true;
        }
        if (last == first + 2 && run.digits(first) == 4 && run.digits(first + 1) == 6) {
            return run.digits(last) == 4 || run.digits(last) == 5;
        }
        for (int group = first; group < last; group++) {
            if (run.digits(group) != 4) {
                return false;
            }
        }
        return run.digits(last) <= 4;
    }

    private static double confidence(Scan scan, NumberRun run, int first, int last) {
        if (!isPrinted(run, first, last)) {
            return ODD_BUT_NAMED;
        }
        if (scan.inContext()) {
            return NAMED;
        }
        String text = scan.text();
        int start = run.start(first);
        int end = run.end(last);
        boolean amongLetters = (start > 0 && Character.isLetter(text.charAt(start - 1)))
                || (end < text.length() && Character.isLetter(text.charAt(end)));
        return amongLetters ? AMONG_LETTERS : PRINTED;
    }
}
