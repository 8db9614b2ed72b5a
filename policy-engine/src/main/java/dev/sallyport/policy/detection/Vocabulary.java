package dev.sallyport.policy.detection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that name one type of datum, lower case.
 *
 * @param words words that name it alone
 * @param pairs by the second of two words that name it together, the first ones
 * @param firsts all first ones
 */
record Vocabulary(Set<String> words, Map<String, Set<String>> pairs, Set<String> firsts) {
    /** Words that may stand between a name and its number without counting: "the SSN number of the patient is". */
    private static final Set<String> CONNECTORS = Set.of(
            "a",
            "and",
            "are",
            "as",
            "be",
            "for",
            "has",
            "her",
            "his",
            "id",
            "identifier",
            "ids",
            "is",
            "my",
            "no",
            "nos",
            "nr",
            "num",
            "number",
            "numbers",
            "of",
            "or",
            "our",
            "patient",
            "patients",
            "s",
            "the",
            "their",
            "to",
            "value",
            "was",
            "were",
            "your");

    /** Words that name something else, so that the next number is that. */
    private static final Set<String> OTHERS = Set.of(
            "account",
            "amount",
            "barcode",
            "case",
            "claim",
            "date",
            "email",
            "fax",
            "invoice",
            "isbn",
            "mobile",
            "order",
            "part",
            "phone",
            "po",
            "ref",
            "reference",
            "routing",
            "sku",
            "tel",
            "telephone",
            "ticket",
            "total",
            "tracking",
            "zip");

    static final Vocabulary SOCIAL_SECURITY = of(
            Set.of("ssn", "ssns", "socialsecurity", "socialsecuritynumber", "ssno", "ssnumber"),
            Set.of(
                    "social security",
                    "social sec",
                    "soc sec",
                    "social number",
                    "ss number",
                    "ss no",
                    "my social",
                    "her social",
                    "his social",
                    "their social",
                    "your social"));

    static final Vocabulary CARD = of(
            Set.of(
                    "amex",
                    "card",
                    "cardnumber",
                    "cards",
                    "cc",
                    "ccn",
                    "creditcard",
                    "diners",
                    "discover",
                    "jcb",
                    "maestro",
                    "mastercard",
                    "pan",
                    "unionpay",
                    "visa"),
            Set.of("american express", "primary account"));

    static final Vocabulary MEDICAL_RECORD = of(
            Set.of("mrn", "mrns", "medicalrecord", "medicalrecordnumber", "patientid", "patientnumber"),
            Set.of(
                    "medical record",
                    "med rec",
                    "health record",
                    "record number",
                    "record no",
                    "patient id",
                    "patient number",
                    "patient no",
                    "patient identifier",
                    "chart number",
                    "chart no",
                    "hospital number",
                    "hospital no",
                    "mr number",
                    "mr no"));

    private static final List<Vocabulary> ALL = List.of(SOCIAL_SECURITY, CARD, MEDICAL_RECORD);

    private static Vocabulary of(Set<String> words, Set<String> pairs) {
        Map<String, Set<String>> bySecond = new HashMap<>();
        Set<String> firsts = new HashSet<>();
        for (String pair : pairs) {
            int space = pair.indexOf(' ');
            bySecond.computeIfAbsent(pair.substring(space + 1), second -> new HashSet<>())
                    .add(pair.substring(0, space));
            firsts.add(pair.substring(0, space));
        }
        return new Vocabulary(words, Map.copyOf(bySecond), Set.copyOf(firsts));
    }

    boolean names(String previous, String word) {
        if (words.contains(word)) {
            return true;
        }
        Set<String> before = pairs.get(word);
        return before != null && before.contains(previous);
    }

    boolean names(String word) {
        return words.contains(word);
    }

    /** Whether single letters in a row end with a name: "ssn", "mrn", "ssno". */
    boolean abbreviates(String initials) {
        return initials.length() >= 3
                && (words.contains(initials) || words.contains(initials.substring(initials.length() - 3)));
    }

    /** Whether a word may begin a pair. */
    boolean begins(String word) {
        return firsts.contains(word);
    }

    /** Whether a word names something that is not this type. */
    boolean excludes(String word) {
        if (OTHERS.contains(word)) {
            return true;
        }
        if (names(word)) {
            return false;
        }
        for (Vocabulary other : ALL) {
            if (other.names(word)) {
                return true;
            }
        }
        return false;
    }

    /** How far after a number its name is looked for, in UTF-16 units: "123456789 is my SSN". */
    private static final int NAME_WITHIN = 48;

    private static final Set<String> INTRODUCTIONS = Set.of("is", "was", "as", "are");

    /** Whether the words after a number name it: "(SSN)", "is the patient's social security number". */
    boolean follows(String text, int end) {
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
                if (names(previous, word)) {
                    return true;
                }
                if (!connects(word) && !begins(word)) {
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

    static boolean connects(String word) {
        return CONNECTORS.contains(word);
    }
}
