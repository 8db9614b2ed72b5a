package dev.sallyport.policy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every text. */
class PersonalDataLawsTest {
    private static final Set<PersonalDataType> ALL = EnumSet.allOf(PersonalDataType.class);

    private final PersonalDataDetector detector = new PersonalDataDetector();

    /** Pieces that make findings, and that sit awkwardly beside them. */
    @Provide
    Arbitrary<String> awkward() {
        return Arbitraries.of(
                        "SSN",
                        "ssn",
                        "social",
                        "security",
                        "MRN",
                        "medical",
                        "record",
                        "number",
                        "card",
                        "visa",
                        "is",
                        "my",
                        "and",
                        "John",
                        "order",
                        "x",
                        "é",
                        "[US_SSN]",
                        "[MRN]",
                        "[PAN]",
                        "[EMAIL]",
                        "[",
                        "]",
                        "(",
                        ")",
                        " ",
                        " ",
                        "  ",
                        "-",
                        ".",
                        ". ",
                        "/",
                        "_",
                        ",",
                        ",",
                        ":",
                        "|",
                        "\t",
                        "=",
                        "\u0301",
                        "\u2460",
                        "M.R.N.",
                        "(MRN)",
                        "22",
                        "536,22,8145",
                        "48.29.13",
                        "5 3 6 2 2 8 1 4 5",
                        "#",
                        "@",
                        "\n",
                        "\u200b",
                        "１",
                        "–",
                        "'",
                        "123",
                        "45",
                        "6789",
                        "123456789",
                        "123-45-6789",
                        "999",
                        "4111111111111111",
                        "4111",
                        "1111",
                        "378282246310005",
                        "4222222222222",
                        "1",
                        "4",
                        "a@b.co",
                        "b.example",
                        "@c.org",
                        "A1234",
                        "204817",
                        "ssn@x.example",
                        "\ud83d\ude00",
                        "\ud800")
                .list()
                .ofMaxSize(24)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 2000)
    void find_anyString_neverThrowsAndStaysWithinBounds(@ForAll String text) {
        assertThatFindingsLieWithin(text);
    }

    @Property(tries = 5000)
    void find_awkwardString_staysWithinBoundsAndSplitsNoPair(@ForAll("awkward") String text) {
        assertThatFindingsLieWithin(text);
    }

    @Property(tries = 20000)
    void redact_oneType_leavesNoneOfIt(@ForAll("awkward") String text, @ForAll PersonalDataType type) {
        Set<PersonalDataType> one = EnumSet.of(type);
        String redacted = PersonalDataDetector.redact(text, detector.find(text, one));
        assertThat(detector.find(redacted, one)).as("%s -> %s", text, redacted).isEmpty();
    }

    @Property(tries = 20000)
    void redact_allTypes_leavesNone(@ForAll("awkward") String text) {
        String redacted = PersonalDataDetector.redact(text, detector.find(text, ALL));
        assertThat(detector.find(redacted, ALL)).as("%s -> %s", text, redacted).isEmpty();
    }

    @Property(tries = 2000)
    void redact_anyString_leavesNone(@ForAll String text) {
        String redacted = PersonalDataDetector.redact(text, detector.find(text, ALL));
        assertThat(detector.find(redacted, ALL)).isEmpty();
    }

    @Property(tries = 2000)
    void find_oneTypeOrAll_findsTheSame(@ForAll("awkward") String text, @ForAll PersonalDataType type) {
        assertThat(detector.find(text, EnumSet.of(type)))
                .isEqualTo(detector.find(text, ALL).stream()
                        .filter(finding -> finding.type() == type)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "4",
                "4111 ",
                "4111111111111111 ",
                "123-45-",
                "a",
                "a@",
                "a@b.co ",
                "@",
                "a.",
                "a@b.c.",
                "a@b.co.c.",
                "a-",
                "a1-",
                "MRN ",
                "MRN 1a-",
                "ssn 1 ",
                "123456789 (is ",
                "[",
                "[US_SSN",
                "\u200b",
                "\ud800",
                "\u00e9@",
                "\uff11\u200b",
                "123456789 is my social ",
                "1234 (is ",
                "536,22,8145,",
                "48.29.",
                "4\u0301",
                "\u2460 ",
                "\u0301",
                "a.@",
                "x ",
                "a@a-"
            })
    void find_megabyteOfOnePiece_takesLinearTime(String piece) {
        String megabyte = ("MRN ssn card " + piece.repeat(1 + (1 << 20) / piece.length()));
        // A quadratic search of a megabyte would take hours; a linear one, a fraction of a second.
        List<Finding> findings =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> detector.find(megabyte, ALL));
        assertThatNoException().isThrownBy(() -> PersonalDataDetector.redact(megabyte, findings));
    }

    @Test
    void find_textWithoutData_costsNoFindings() {
        assertThat(detector.find("The quick brown fox jumps over the lazy dog. ".repeat(1000), ALL))
                .isEmpty();
    }

    private void assertThatFindingsLieWithin(String text) {
        for (Finding finding : detector.find(text, ALL)) {
            assertThat(finding.start()).isBetween(0, text.length() - 1);
            assertThat(finding.end()).isBetween(finding.start() + 1, text.length());
            assertThat(splitsPair(text, finding.start()) || splitsPair(text, finding.end()))
                    .isFalse();
        }
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }
}
