package dev.sallyport.policy.detection;

import java.util.Set;

/**
 * The words that name one type of datum, lower case.
 *
 * @param words words that name it alone
 * @param pairs two words, with one space between them, that name it together
 */
record Vocabulary(Set<String> words, Set<String> pairs) {
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

    static final Vocabulary SOCIAL_SECURITY = new Vocabulary(
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

    static final Vocabulary CARD = new Vocabulary(
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

    static final Vocabulary MEDICAL_RECORD = new Vocabulary(
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

    private static final Set<Vocabulary> ALL = Set.of(SOCIAL_SECURITY, CARD, MEDICAL_RECORD);

    boolean names(String previous, String word) {
        return words.contains(word) || pairs.contains(previous + " " + word);
    }

    boolean names(String word) {
        return words.contains(word);
    }

    /** Whether a word may begin a pair. */
    boolean begins(String word) {
        return pairs.stream().anyMatch(pair -> pair.startsWith(word + " "));
    }

    /** Whether a word names something that is not this type. */
    boolean excludes(String word) {
        return OTHERS.contains(word) || (!names(word) && ALL.stream().anyMatch(other -> other.names(word)));
    }

    static boolean connects(String word) {
        return CONNECTORS.contains(word);
    }
}
