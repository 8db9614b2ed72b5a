package dev.sallyport.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionTest {
    private static final ConditionFacts FACTS = new ConditionFacts(
            new ConditionFacts.Request("acme", "k1", "caller", List.of("ward-7"), "predict", "care", 2, 100, null),
            new ConditionFacts.Model("risk", "3.1"),
            null,
            Instant.parse("2026-11-23T12:34:56Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    request.batch                                                  | HOLDS
                    request.rows == 2 && request.bytes < 1000                      | HOLDS
                    'ward-7' in request.groups                                     | HOLDS
                    request.groups.exists(g, g.startsWith('ward'))                 | HOLDS
                    request.tenant == 'acme' && model.name == 'risk'               | HOLDS
                    model.version == '3.2'                                         | FAILS
                    now < timestamp('2026-01-01T00:00:00Z')                        | FAILS
                    now.getHours('Europe/Berlin') == 13                            | HOLDS
                    has(request.region)                                            | FAILS
                    has(subject.age)                                               | FAILS
                    request.region == 'eu'                                         | UNDECIDED
                    subject.age >= 18                                              | UNDECIDED
                    output.confidence > 0.5                                        | UNDECIDED
                    request.rows / 0 == 1                                          | UNDECIDED
                    !(request.rows / 0 == 1 && false)                              | HOLDS
                    request.rows < 2.5                                             | HOLDS
                    """)
    void condition_onKnownAndUnknownFacts_isDecided(String expression, Condition.Outcome outcome) {
        Condition condition = Condition.of(expression);

        assertThat(condition.faults()).isEmpty();
        assertThat(condition.decide(FACTS)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.foo == 1",
                "requests.rows == 1",
                "request.rows",
                "request.rows < 'a'",
                "((",
                "sallyport.subject{age: 3}.age == 3",
                "[1].all(a, [1].all(b, [1].all(c, true)))",
            })
    void expression_unsound_isToldAndNeverHolds(String expression) {
        assertThat(Condition.of(expression).faults()).isNotEmpty();
        assertThat(Condition.of(expression).decide(FACTS)).isEqualTo(Condition.Outcome.UNDECIDED);
    }

    @Test
    void expression_tooDeepOrTooLong_isRefused() {
        assertThat(Condition.of("!".repeat(1) + "(".repeat(500) + "true" + ")".repeat(500))
                        .faults())
                .isNotEmpty();
        assertThat(Condition.of("true" + " && true".repeat(300)).faults()).isNotEmpty();
        assertThat(Condition.of("1" + " + 1".repeat(60) + " == 61").faults()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%1$s.all(a, a == 1)",
                "%2$s.all(a, %2$s.all(b, a == b))",
                "%2$s.all(a, a == 1) && %2$s.all(a, a == 1)  && %2$s.map(a, a) == []",
                "size(%1$s.map(a, a)) > 0",
            })
    void comprehension_pastTheIterationLimit_isAFault(String form) {
        String expression = form.formatted(list(101), list(34));

        assertThat(Condition.of(expression).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("times").contains("at most 100"));
    }

    /** What is known only at a call is counted by the evaluator itself, over all comprehensions of one evaluation. */
    @Test
    void comprehension_overFactsPastTheIterationLimit_isNotDecided() {
        String groups = "(request.groups + request.groups + request.groups)";

        assertThat(Condition.of(groups + ".all(g, " + list(16) + ".all(n, n == 1))")
                        .decide(FACTS))
                .isEqualTo(Condition.Outcome.HOLDS);
        assertThat(Condition.of(groups + ".all(g, " + list(34) + ".all(n, n == 1))")
                        .decide(FACTS))
                .isEqualTo(Condition.Outcome.UNDECIDED);
    }

    @Test
    void steps_growWithWhatAnEvaluationCosts() {
        assertThat(steps("request.rows < 9")).isLessThan(100);
        assertThat(steps("request.groups.exists(g, g.matches('ward-[0-9]+'))")).isLessThan(100_000);
        assertThat(steps(list(90) + ".all(n, 'aaaaaaaaaaaaaaaa'.matches('(a{0,15}b?){0,10}c'))"))
                .isGreaterThan(100_000);
        assertThat(steps(list(90) + ".all(n, 1/0 == 1 || 1/0 == 1)")).isGreaterThan(90 * 2 * 50);
        assertThat(steps("['aaaaaaaa'].map(a, a+a+a+a+a+a+a+a).all(b, (b+b+b+b+b+b+b+b).contains(b+b+b+b))"))
                .isGreaterThan(8 * 8 * 8 * 8 * 8);
    }

    private static long steps(String expression) {
        Condition condition = Condition.of(expression);
        assertThat(condition.faults()).isEmpty();
        return condition.steps();
    }

    private static String list(int length) {
        return "[" + "1,".repeat(length - 1) + "1]";
    }

    @Test
    void fault_namesThePlaceAndWhatIsKnown() {
        assertThat(Condition.of("request.row > 1").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .startsWith("line 1, character 8 of the expression: undefined field 'row'")
                        .contains("request.rows"));
    }

    @Test
    void facts_areThoseThatTheExpressionRefersTo() {
        Condition condition =
                Condition.of("has(subject.age) || (request.rows > 1 && output.label == 'a' && now > now)");

        assertThat(condition.facts()).containsExactlyInAnyOrder("subject.age", "request.rows", "output.label", "now");
        assertThat(condition.onOutput()).isTrue();
        assertThat(Condition.of("request.batch").onOutput()).isFalse();
    }
}
