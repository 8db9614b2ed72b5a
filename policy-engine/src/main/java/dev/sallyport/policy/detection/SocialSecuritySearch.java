package dev.sallyport.policy.detection;

import java.util.List;
import java.util.Set;

/**
 * Finds social security numbers: {@code AAA-GG-SSSS} with any separators, and nine digits in a row where a word
 * says that they are one. Area 000, 666 and 900 to 999, group 00 and serial 0000 were never assigned (Social
 * Security Administration, POMS RM 10201.030 and the randomisation of 2011).
 */
final class SocialSecuritySearch implements Search {
    private static final double NAMED = 0.95;
    private static final double HYPHENATED = 0.85;
    private static final double SEPARATED = 0.5;
    /** How far after a number its name is looked for, in UTF-16 units: "123456789 is my SSN". */
    private static final int NAME_WITHIN = 48;

    private static final Set<String> INTRODUCTIONS = Set.of("is", "was", "as", "are");

    @Override
    public void search(NormalisedText text, List<Finding> findings) {
        new Scan(text, PersonalDataType.US_SSN, Vocabulary.SOCIAL_SECURITY, findings).run(SocialSecuritySearch::read);
    }

    private static int read(Scan scan, int at) {
        if (!Scan.isDigit(scan.text().charAt(at))) {
            return at;
        }
        NumberRun run = NumberRun.at(scan.text(), at);
        for (int group = 0; group < run.groups(); ) {
            group += take(scan, run, group);
        }
        return run.end();
    }

    /** Takes a number that begins with a group, if one does; answers how many groups to move on by. */
    private static int take(Scan scan, NumberRun run, int group) {
        String text = scan.text();
        int start = run.start(group);
        boolean separated = group + 2 < run.groups()
                && run.digits(group) == 3
                && run.digits(group + 1) == 2
                && run.digits(group + 2) == 4;
        if (separated && assigned(text, start, run.start(group + 1), run.start(group + 2))) {
            scan.found(start, run.end(group + 2), scan.inContext() ? NAMED : confidence(run, group));
            return 3;
        }
        if (run.digits(group) == 9
                && assigned(text, start, start + 3, start + 5)
                && (scan.inContext() || namedAfter(text, run.end(group)))) {
            scan.found(start, run.end(group), NAMED);
        }
        return 1;
    }

    private static double confidence(NumberRun run, int group) {
        boolean hyphens = run.separatorBefore(group + 1).contains("-")
                && run.separatorBefore(group + 2).contains("-");
        return hyphens ? HYPHENATED : SEPARATED;
    }

    private static boolean assigned(String text, int area, int group, int serial) {
        return text.charAt(area) != '9'
                && !text.startsWith("000", area)
                && !text.startsWith("666", area)
                && !text.startsWith("00", group)
                && !text.startsWith("0000", serial);
    }

    /** Whether the words after a number name it: "(SSN)", "is the patient's social security number". */
    private static boolean namedAfter(String text, int end) {
        int limit = Math.min(text.length(), end + NAME_WITHIN);
        boolean introduced = false;
        String previous = "";
        for (int i = end; i < limit; ) {
            char c = text.charAt(i);
            if (Character.isLetter(c)) {
                int wordEnd = Scan.lettersEnd(text, i);
                String word = Scan.word(text, i, wordEnd);
                introduced |= INTRODUCTIONS.contains(word);
                if (!introduced) {
                    return false;
                }
                if (Vocabulary.SOCIAL_SECURITY.names(previous, word)) {
                    return true;
                }
                if (!Vocabulary.connects(word) && !Vocabulary.SOCIAL_SECURITY.begins(word)) {
                    return false;
                }
                previous = word;
                i = wordEnd;
            } else if (c == '(' || c == ' ' || c == '\'') {
                introduced |= c == '(';
                i++;
            } else {
                return false;
            }
        }
        return false;
    }
}
