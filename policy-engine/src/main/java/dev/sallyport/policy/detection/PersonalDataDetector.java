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
 * <p>Before it searches, it reads the text as a person would: full-width and other scripts' digits count as
 * digits, every dash as a hyphen, and characters that show nothing (zero-width, soft hyphens, direction marks)
 * do not split a number. Offsets are always those of the text as given.
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
     * that overlap are replaced together by the marker of the first of them. What is left contains no finding of
     * the types that were looked for.
     *
     * @param text the text that was searched
     * @param findings what was found in it, in any order
     * @throws IndexOutOfBoundsException if a finding reaches past the text: it is of another one
     */
    public static String redact(String text, List<Finding> findings) {
        List<Finding> ordered = findings.stream().sorted(IN_ORDER).toList();
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        for (Finding finding : ordered) {
            if (finding.start() >= copied) {
                redacted.append(text, copied, finding.start())
                        .append(finding.type().marker());
            }
            copied = Math.max(copied, finding.end());
        }
        return redacted.append(text, copied, text.length()).toString();
    }
}
