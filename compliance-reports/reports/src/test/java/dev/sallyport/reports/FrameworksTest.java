package dev.sallyport.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.policy.Packs;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameworksTest {
    private static final String HEAD = "framework: x\ntitle: X\ncontrols:\n";
    private static final String CONTROL =
            "  - {id: X-1, title: T, responsibility: shared, source: {text: L, date: '2026-01-01'}, ";

    @Test
    void known_areTheShippedOnes() {
        assertThat(Frameworks.known()).containsExactly("gdpr", "hipaa");
        assertThatThrownBy(() -> Frameworks.of("sox")).hasMessageContaining("gdpr, hipaa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gdpr", "hipaa"})
    void catalogue_saysOfEachControlWhereItComesFromAndHowItIsShown(String id) {
        Framework framework = Frameworks.of(id);
        assertThat(framework.digest()).matches("[0-9a-f]{64}");
        assertThat(framework.controls()).hasSizeGreaterThan(20);
        for (Control control : framework.controls()) {
            assertThat(control.id()).matches("(GDPR|HIPAA)-[0-9]+(\\.[0-9A-Za-z]+)*");
            assertThat(LocalDate.parse(control.source().date())).isBefore(LocalDate.parse("2026-11-23"));
            assertThat(control.framework()).isEqualTo(id);
        }
    }

    /** A rule that serves a control which no report knows would be counted and never explained. */
    @Test
    void catalogue_hasEveryControlThatShippedPoliciesServe() {
        Pattern control = Pattern.compile("\\b(?:GDPR|HIPAA)-[0-9][0-9A-Za-z.]*");
        List<String> served = Stream.concat(Packs.shipped().values().stream(), Stream.of(Packs.baseline()))
                .flatMap(document -> control.matcher(document.source()).results())
                .map(MatchResult::group)
                .toList();
        List<String> known = Frameworks.known().stream()
                .flatMap(id -> Frameworks.of(id).controls().stream())
                .map(Control::id)
                .toList();
        assertThat(served).isNotEmpty();
        assertThat(known).containsAll(served);
    }

    @Test
    void catalogue_readsEveryCondition() {
        Framework framework = read(CONTROL
                + "test: {claim: C, population: {kind: decision, code: [A, B], policy: {present: true}},"
                + " exceptions: [{lawfulBasis: {noneOf: [consent]}}, {purpose: {present: false}}]}}");
        Evidence.Test test = (Evidence.Test) framework.controls().getFirst().evidence();
        assertThat(test.population().text()).isEqualTo("kind is decision and code in (A, B) and policy is present");
        assertThat(test.exceptions())
                .extracting(Filter::text)
                .containsExactly("lawfulBasis not in (consent)", "purpose is absent");
        assertThat(new Filter(List.of()).text()).isEqualTo("every record");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result: gap}",
                "result: gap, reason: ''}",
                "result: satisfied, reason: R}",
                "result: fine, reason: R}",
                "reason: R}",
                "result: gap, reason: R, extra: 1}",
                "result: gap, reason: R, test: {claim: C, population: {}, exceptions: [{}]}}",
                "test: {claim: C, population: {kind: decision}, exceptions: []}}",
                "test: {claim: C, population: {kind: decision}}}",
                "test: {claim: C, population: {knid: decision}, exceptions: [{purpose: {present: false}}]}}",
                "test: {claim: C, population: {kind: 3}, exceptions: [{purpose: {present: false}}]}}",
                "test: {claim: C, population: {kind: {present: no}}, exceptions: [{purpose: {present: false}}]}}",
                "test: {claim: C, population: {kind: {is: x}}, exceptions: [{purpose: {present: false}}]}}",
                "test: {claim: C, applies: {kind: act}, population: {}, exceptions: [{purpose: x}]}}",
            })
    void catalogue_notOfTheForm_isRefused(String rest) {
        assertThatThrownBy(() -> read(CONTROL + rest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void catalogue_withOneIdTwice_isRefused() {
        String control = CONTROL + "result: gap, reason: R}\n";
        assertThatThrownBy(() -> read(control + control)).hasMessageContaining("X-1");
    }

    private static Framework read(String controls) {
        return CatalogueReader.read("x", (HEAD + controls).getBytes(StandardCharsets.UTF_8));
    }
}
