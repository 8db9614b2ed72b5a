package dev.sallyport.policy.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds personal data in text, by form, checksum and neighbouring words. It errs on the side of finding: it
 * knows numbers by what they look like, and cannot know whether they were ever given to anyone. Stateless and
 * thread-safe; time and memory are linear in the text.
 *
 * <p>Before it searches, it reads the text as a person would: digits of other scripts, raised, lowered and circled ones and
 * whatever else the compatibility form NFKC gives as ASCII count as ASCII, every dash as a hyphen; characters that show
 * nothing (zero-width, soft hyphens, direction marks) and marks on others (accents) do not split a number. Offsets are
 * always those of the text as given, and cover the marks on what was found.
 *
 * <p>Between groups of a number may stand one to five characters that are neither letters nor digits, line ends included.
 * Without a word that names the number, its groups must be those of its kind (3-2-4; 4-4-4-4, 4-6-4 or 4-6-5), with only
 * {@code " -._/"} between them, or with the same signs in every gap (brackets and space aside) that do not go on to a number
 * on either side, as in a list; and groups of 3-2-4 in a list with spaces ({@code "120, 80, 1200"}), or that would be decimal
 * numbers ({@code "0.123 45.6789"}), are none. Where a word names it, any groups and gaps will do, unless they hold a date.
 *
 * <p>Not found: numbers within longer groups of digits, after a decimal point ({@code "1.4111111111111111"}) or split by
 * letters; letters that look like digits or like letters of another script; encodings (Base64, percent, HTML), numbers in
 * words, data split over several texts; social security numbers in odd groups, and record numbers, that no word names;
 * addresses with quoted or spelled-out parts.
 */
public final class PersonalDataDetector {
    private static final Comparator<Finding> IN_ORDER = Comparator.comparingInt(Finding::start)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed())
            .thenComparing(Finding::type);

    private final Map<PersonalDataType, Search> searches = new EnumMap<>(Map.of(
            PersonalDataType.US_SSN, new SocialSecuritySearch(),
            PersonalDataType.PAN, new CardNumberSearch(),
            PersonalDataType.EMAIL, new EmailSearch(),
            PersonalDataType.MRN, new RecordNumberSearch()));

    /**
     * Finds every datum of the given types.
     *
     * @param text any string, also one with unpaired surrogates
     * @param types what to look for; empty finds nothing
     * @return the findings by start; those of one type never overlap, those of different types may
     */
    public List<Finding> find(String text, Set<PersonalDataType> types) {
        if (types.isEmpty() || text.isEmpty()) {
            return List.of();
        }
        NormalisedText normalised = NormalisedText.of(text);
        List<Finding> findings = new ArrayList<>();
        searches.forEach((type, search) -> {
            if (types.contains(type)) {
                search.search(normalised, findings);
            }
        });
        findings.sort(IN_ORDER);
        return List.copyOf(findings);
    }

    /**
     * The text with each finding replaced by its type's {@linkplain PersonalDataType#marker() marker}. Findings
     * that overlap are replaced together by the marker of the one that ends last, since what follows is read in its
     * light. What is left contains no finding of the types that were looked for.
     *
     * @param text the text that was searched
     * @param findings what was found in it, in any order
     * @throws IndexOutOfBoundsException if a finding reaches past the text: it is of another one
     */
    public static String redact(String text, List<Finding> findings) {
        List<Finding> ordered = findings.stream().sorted(IN_ORDER).toList();
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        for (int i = 0; i < ordered.size(); ) {
            Finding last = ordered.get(i);
            redacted.append(text, copied, last.start());
            for (; i < ordered.size() && (ordered.get(i).start() < last.end()); i++) {
                last = ordered.get(i).end() > last.end() ? ordered.get(i) : last;
            }
            redacted.append(last.type().marker());
            copied = last.end();
        }
        return redacted.append(text, copied, text.length()).toString();
    }
}
