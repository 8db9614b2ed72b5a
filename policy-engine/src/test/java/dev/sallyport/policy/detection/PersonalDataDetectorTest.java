package dev.sallyport.policy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataDetectorTest {
    private static final Set<PersonalDataType> ALL = EnumSet.allOf(PersonalDataType.class);

    private final PersonalDataDetector detector = new PersonalDataDetector();

    // Numbers in the tables are made up; each {card:PREFIX:LENGTH} is filled from a seed, with its check digit.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123-45-6789                                | [US_SSN]",
                "id 123-45-6789.                            | id [US_SSN].",
                "123 45 6789                                | [US_SSN]",
                "123.45.6789                                | [US_SSN]",
                "123 - 45 - 6789                            | [US_SSN]",
                "899-99-9999                                | [US_SSN]",
                "SSN 123456789                              | SSN [US_SSN]",
                "ssn:123456789                              | ssn:[US_SSN]",
                "ssn123456789                               | ssn[US_SSN]",
                "SS# 123456789                              | SS# [US_SSN]",
                "Soc. Sec. No. 123456789                    | Soc. Sec. No. [US_SSN]",
                "social_security_number=123456789           | social_security_number=[US_SSN]",
                "{\"socialSecurityNumber\":\"123456789\"}   | {\"socialSecurityNumber\":\"[US_SSN]\"}",
                "Social Security of John Q Doe: 123456789   | Social Security of John Q Doe: [US_SSN]",
                "SSNs 123456789, 223456789 and 323456789    | SSNs [US_SSN], [US_SSN] and [US_SSN]",
                "123456789 is my SSN                        | [US_SSN] is my SSN",
                "123456789 (social security number)         | [US_SSN] (social security number)",
                "2024 123-45-6789                           | 2024 [US_SSN]",
                "999-123-45-6789                            | 999-[US_SSN]",
            })
    void ssn_withSeparatorsOrInContext_isRedacted(String text, String redacted) {
        assertThat(redacted(text, PersonalDataType.US_SSN)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-45-6789",
                "666-45-6789",
                "900-45-6789",
                "999-45-6789",
                "123-00-6789",
                "123-45-0000",
                "SSN 000456789",
                "SSN 666456789",
                "SSN 912345678",
                "SSN 123006789",
                "SSN 123450000",
                "123456789",
                "order 123456789",
                "SSN on file. Order 123456789",
                "SSN 12345678",
                "SSN 1234567890",
                "1234-45-6789",
                "123-456-7890",
                "555-123-4567",
                "12345-6789",
                "2024-11-23",
                "123-45-67890",
                "ssn provided by the other clinic in town 123456789",
                "assn 123456789",
                "the mission 123456789",
                "MRN and SSN known; MRN 123456789",
                "SSN\n\nnone given\n123456789",
                "123.45.67.89"
            })
    void ssn_neverAssignedOrWithoutContext_isNotFound(String text) {
        assertThat(detector.find(text, EnumSet.of(PersonalDataType.US_SSN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "536\t22\t8145",
                "536\n22\n8145",
                "536\r\n22\r\n8145",
                "536,22,8145",
                "536:22:8145",
                "536\u00b722\u00b78145",
                "536\u202222\u20228145",
                "536|22|8145",
                "536+22+8145",
                "536~22~8145",
                "536*22*8145",
                "536=22=8145",
                "536\\22\\8145",
                "536     22     8145",
                "536) 22 8145",
                "536 (22) 8145",
                "536\",\"22\",\"8145"
            })
    void ssn_withAnySignTwice_isFound(String number) {
        for (String text : List.of(number, "(" + number + ")", "his number, " + number + ", is known")) {
            assertThat(redacted(text, PersonalDataType.US_SSN)).isEqualTo(text.replace(number, "[US_SSN]"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 3 6 - 2 2 - 8 1 4 5",
                "536228 145",
                "536 228 145",
                "5.36.22.81.45",
                "536, 22, 8145",
                "536+22=8145",
                "5362,28145",
                "53\n62\n28\n14\n5"
            })
    void ssn_inOddGroups_isFoundOnlyWhereItIsSpokenOf(String number) {
        for (String name :
                List.of("SSN", "S.S.N.", "social security number:", "\ud835\udc12\ud835\udc12\ud835\udc0d")) {
            assertThat(redacted(name + " " + number, PersonalDataType.US_SSN)).isEqualTo(name + " [US_SSN]");
        }
        assertThat(redacted(number + " is my SSN", PersonalDataType.US_SSN)).isEqualTo("[US_SSN] is my SSN");
        assertThat(redacted("values " + number, PersonalDataType.US_SSN)).isEqualTo("values " + number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12,345,678",
                "1,234,567,890",
                "120, 80, 1200",
                "[120, 80, 1200]",
                "120; 80; 1200",
                "| 120 | 80 | 1200 |",
                "1,120,80,1200,5",
                "120\t80\t1200\t7",
                "[7]\n120\n80\n1200",
                "0.512, 0.33, 0.1234",
                "0.123,45.6789",
                "0.123 45.6789",
                "100-20=1200",
                "120+80=1200",
                "64 128 256 512",
                "2026-11-23T12:34:56.789Z",
                "2026-11-23 12:34:56,123456",
                "23.11.2026 12:34:56",
                "11/23/2026 9:05",
                "10.20.30.40",
                "192.168.101.240:8080",
                "+1 555 123 4567",
                "(555) 123-4567",
                "555-123-4567",
                "+49 30 901820",
                "v1.22.333.4444",
                "10.0.26200.1234",
                "SSN seen 12/05/2024 9 am",
                "SSN seen 5/12/2024 10:30",
                "SSN seen 2024-11-23 10:15",
            })
    void numbers_thatAreNoPersonalData_areNotFound(String text) {
        assertThat(detector.find(text, EnumSet.of(PersonalDataType.US_SSN, PersonalDataType.PAN)))
                .isEmpty();
    }

    @Test
    void pan_withAnySign_isFound() {
        String card = GeneratedNumbers.card(seeded(), "4", 16);
        for (String sign : List.of(",", ", ", "\n", "\r\n", "\t", "|", " | ", "*", "\u00b7", "     ")) {
            assertThat(redacted("<" + spaced(card, sign) + ">", PersonalDataType.PAN))
                    .isEqualTo("<[PAN]>");
        }
        String list = "5," + spaced(card, ",");
        assertThat(redacted(list, PersonalDataType.PAN)).isEqualTo(list);
        assertThat(redacted("cards " + list, PersonalDataType.PAN)).isEqualTo("cards 5,[PAN]");
    }

    @Test
    void pan_underMarksOrInCircles_isFoundWithItsMarks() {
        String card = GeneratedNumbers.card(seeded(), "4", 16);
        String marked = String.join("\u0301", card.split("")) + "\u0301";
        assertThat(redacted("x" + marked + "x", PersonalDataType.PAN)).isEqualTo("x[PAN]x");
        String circled = card.chars()
                .mapToObj(c -> Character.toString(c == '0' ? 0x24ea : 0x2460 + c - '1'))
                .reduce("", String::concat);
        assertThat(redacted(spaced(circled, " "), PersonalDataType.PAN)).isEqualTo("[PAN]");
    }

    @ParameterizedTest
    @CsvSource({
        "4,13", "4,16", "4,19", "51,16", "55,16", "2221,16", "2720,16", "34,15", "37,15", "300,14", "305,14", "36,14",
        "38,14", "6011,16", "644,16", "65,16", "3528,16", "3589,16", "62,16", "62,19", "81,16", "5018,16", "6759,19",
        "2200,16", "9792,16"
    })
    void pan_ofEachIssuer_isFoundWithEverySeparator(String prefix, int length) {
        RandomGenerator random = seeded();
        for (int i = 0; i < 50; i++) {
            String card = GeneratedNumbers.card(random, prefix, length);
            for (String written : List.of(card, spaced(card, " "), spaced(card, "-"), spaced(card, "."))) {
                assertThat(redacted("Paid with " + written + ", thanks", PersonalDataType.PAN))
                        .isEqualTo("Paid with [PAN], thanks");
            }
        }
    }

    @Test
    void pan_withAnotherCheckDigit_isNotFound() {
        RandomGenerator random = seeded();
        for (int i = 0; i < 200; i++) {
            String card = GeneratedNumbers.card(random, "4", 16);
            int last = card.charAt(15) - '0';
            String wrong = card.substring(0, 15) + (last + 1 + random.nextInt(9)) % 10;
            assertThat(detector.find("card " + wrong, EnumSet.of(PersonalDataType.PAN)))
                    .as(wrong)
                    .isEmpty();
        }
    }

    @Test
    void pan_ofNoIssuer_isNotFound() {
        RandomGenerator random = seeded();
        for (String prefix : List.of("0", "1", "7", "8400", "90", "2721", "2220", "3527", "3590", "306", "2199")) {
            String number = GeneratedNumbers.card(random, prefix, 16);
            assertThat(detector.find(number, ALL)).as(number).isEmpty();
        }
    }

    @Test
    void pan_printedAsOnAmexAndDinersCards_isFound() {
        String amex = GeneratedNumbers.card(seeded(), "37", 15);
        String diners = GeneratedNumbers.card(seeded(), "36", 14);
        assertThat(redacted(
                        amex.substring(0, 4) + " " + amex.substring(4, 10) + " " + amex.substring(10),
                        PersonalDataType.PAN))
                .isEqualTo("[PAN]");
        assertThat(redacted(
                        diners.substring(0, 4) + "-" + diners.substring(4, 10) + "-" + diners.substring(10),
                        PersonalDataType.PAN))
                .isEqualTo("[PAN]");
    }

    @Test
    void pan_inOddGroups_isFoundOnlyWhereCardsAreSpokenOf() {
        String odd = String.join(" ", GeneratedNumbers.card(seeded(), "4", 16).split(""));
        assertThat(redacted("readings " + odd, PersonalDataType.PAN)).isEqualTo("readings " + odd);
        assertThat(redacted("my card is " + odd, PersonalDataType.PAN)).isEqualTo("my card is [PAN]");
    }

    @Test
    void pan_amongOtherDigits_isFoundByItsGroups() {
        String card = GeneratedNumbers.card(seeded(), "4", 16);
        assertThat(redacted("2024-11-23 " + card, PersonalDataType.PAN)).isEqualTo("2024-11-23 [PAN]");
        assertThat(redacted("cc" + card + "x", PersonalDataType.PAN)).isEqualTo("cc[PAN]x");
        assertThat(detector.find("0." + card, ALL)).isEmpty();
        assertThat(detector.find("12345" + card, ALL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann@clinic.example                      | [EMAIL]",
                "to Ann <ann.b+tag@mail.clinic.example>, | to Ann <[EMAIL]>,",
                "Write to ann@clinic.example.            | Write to [EMAIL].",
                "email=ann@clinic.example&x=1            | email=[EMAIL]&x=1",
                "mailto:a_b-c%d@x-y.example              | mailto:[EMAIL]",
                "a@b.co;c@d.org                          | [EMAIL];[EMAIL]",
                "(o'brien@clinic.example)                | ([EMAIL])",
                "jörg@müller.example                     | [EMAIL]",
                "用户@例子.测试                            | [EMAIL]",
                "ann@clinic.xn--p1ai                     | [EMAIL]",
                "ANN@CLINIC.EXAMPLE                      | [EMAIL]",
            })
    void email_inAnyText_isRedacted(String text, String redacted) {
        assertThat(redacted(text, PersonalDataType.EMAIL)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "@ann",
                "ann@",
                "ann@clinic",
                "root@localhost",
                "a @ b.example",
                "x@y.z",
                "a@b.c1",
                "@@",
                "price @ 3.50",
                "import @scope/pkg",
                "a@-.example",
                "user@.example"
            })
    void email_withoutAllItsParts_isNotFound(String text) {
        assertThat(detector.find(text, EnumSet.of(PersonalDataType.EMAIL))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MRN 00123456                            | MRN [MRN]",
                "MRN: A1234567.                          | MRN: [MRN].",
                "mrn#123-456-78                          | mrn#[MRN]",
                "MRN12345678                             | MRN[MRN]",
                "Medical record number is 4711001        | Medical record number is [MRN]",
                "medical_record_number=\"4711001\"       | medical_record_number=\"[MRN]\"",
                "patient id: PX-204817                   | patient id: [MRN]",
                "{\"patientId\": 204817}                 | {\"patientId\": [MRN]}",
                "Chart # 204817                          | Chart # [MRN]",
                "MRN for Jane Doe: 204817                | MRN for Jane Doe: [MRN]",
                "MRNs 204817, 204818 and 204819          | MRNs [MRN], [MRN] and [MRN]",
                "[MRN]: 204817                           | [MRN]: [MRN]",
                "M.R.N. 00482913                         | M.R.N. [MRN]",
                "M R N: 00482913                         | M R N: [MRN]",
                "00482913 (MRN)                          | [MRN] (MRN)",
                "A-482913 is her medical record number   | [MRN] is her medical record number",
                "MRN 00.48.29.13                         | MRN [MRN]",
                "MRN 12/34/56/78                         | MRN [MRN]",
                "MRN 0 0 4 8 2 9 1 3                     | MRN [MRN]",
            })
    void mrn_namedByWords_isRedacted(String text, String redacted) {
        assertThat(redacted(text, PersonalDataType.MRN)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204817",
                "the patient was 81",
                "MRN 123",
                "MRN missing. Phone 5551234",
                "order 204817",
                "MRN unknown at this point in the visit 204817",
                "the mrns",
                "MRN 12-3",
                "MRN 12, 5, 700",
                "MRN seen 12/05/2024",
                "MRN seen at 12:34:56",
                "5551234 (office)",
                "record sales of 204817"
            })
    void mrn_notNamedOrNotOfTheForm_isNotFound(String text) {
        assertThat(detector.find(text, EnumSet.of(PersonalDataType.MRN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "１２３－４５－６７８９",
                "１２３-４５-６７８９",
                "123\u201345\u20136789",
                "123\u221245\u22126789",
                "1\u200b2\u200c3\u200d-4\ufeff5-6\u00ad789",
                "123\u00a045\u00a06789",
                "123\u2011\u00ad45\u20116789",
                "\ud835\udfcf\ud835\udfd0\ud835\udfd1-45-6789",
                "١٢٣-٤٥-٦٧٨٩",
                "1\ufe0f\u20e323-45-6789",
                "123\u200f-45-\u202e6789",
                "1\u000023-45-6789",
                "\u00b9\u00b2\u00b3-\u2074\u2075-\u2086\u2087\u2088\u2089",
                "\u2460\u2461\u2462-\u2463\u2464-\u2465\u2466\u2467\u2468",
                "\u2776\u2777\u2778-45-6789",
                "\u2474\u2475\u2476-45-6789",
                "1\u03012\u03013\u0301-45-6789\u0301\u0302"
            })
    void ssn_disguised_isFoundInOffsetsOfTheOriginal(String disguised) {
        String text = "\ud83d\ude00é " + disguised + " ü";
        assertThat(detector.find(text, ALL))
                .extracting(Finding::type, Finding::start, Finding::end)
                .containsExactly(tuple(PersonalDataType.US_SSN, 4, 4 + disguised.length()));
    }

    @Test
    void email_disguised_isFound() {
        assertThat(redacted("ａｎｎ＠ｃｌｉｎｉｃ．ｅｘａｍｐｌｅ", PersonalDataType.EMAIL)).isEqualTo("[EMAIL]");
        assertThat(redacted("ann\u200b@\u200bclinic\u2024example", PersonalDataType.EMAIL))
                .isEqualTo("[EMAIL]");
    }

    @Test
    void find_onlyTheTypesAskedFor() {
        String text = "ann@clinic.example 123-45-6789";
        assertThat(detector.find(text, Set.of())).isEmpty();
        assertThat(detector.find(text, EnumSet.of(PersonalDataType.EMAIL)))
                .extracting(Finding::type)
                .containsExactly(PersonalDataType.EMAIL);
        assertThat(detector.find(text, ALL))
                .extracting(Finding::type)
                .containsExactly(PersonalDataType.EMAIL, PersonalDataType.US_SSN);
    }

    @Test
    void confidence_growsWithContext() {
        assertThat(confidence("123 45 6789")).isLessThan(confidence("123-45-6789"));
        assertThat(confidence("123-45-6789")).isLessThan(confidence("SSN 123-45-6789"));
        String card = GeneratedNumbers.card(seeded(), "4", 16);
        assertThat(confidence("x" + card)).isLessThan(confidence(card));
        assertThat(confidence(card)).isLessThan(confidence("visa " + card));
    }

    @Test
    void redact_overlappingFindings_leavesOneMarkerAndNothingBetween() {
        List<Finding> findings = List.of(
                new Finding(PersonalDataType.PAN, 2, 5, 1),
                new Finding(PersonalDataType.MRN, 0, 3, 1),
                new Finding(PersonalDataType.EMAIL, 6, 7, 1));
        assertThat(PersonalDataDetector.redact("abcdefgh", findings)).isEqualTo("[PAN]f[EMAIL]h");
    }

    @Test
    void redact_findingOfAnotherText_isRefused() {
        List<Finding> findings = List.of(new Finding(PersonalDataType.PAN, 2, 5, 1));
        assertThatThrownBy(() -> PersonalDataDetector.redact("abc", findings))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private double confidence(String text) {
        return detector.find(text, ALL).getFirst().confidence();
    }

    private String redacted(String text, PersonalDataType type) {
        return PersonalDataDetector.redact(text, detector.find(text, EnumSet.of(type)));
    }

    private static String spaced(String digits, String separator) {
        return String.join(
                separator,
                IntStream.range(0, (digits.length() + 3) / 4)
                        .mapToObj(i -> digits.substring(4 * i, Math.min(digits.length(), 4 * i + 4)))
                        .toList());
    }

    private static RandomGenerator seeded() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(20261123);
    }
}
