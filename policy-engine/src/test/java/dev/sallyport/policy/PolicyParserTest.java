package dev.sallyport.policy;

import static dev.sallyport.policy.Fixtures.problems;
import static dev.sallyport.policy.Fixtures.problemsOf;
import static dev.sallyport.policy.Fixtures.problemsOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyParserTest {
    @Test
    void document_small_isReadWithItsDigest() {
        String source = Fixtures.source(Layer.MODEL, "acme/risk", "input: {maxRows: 3}");

        assertThat(PolicyParser.parse("ignored", source)).isInstanceOfSatisfying(ParseResult.Parsed.class, parsed -> {
            assertThat(parsed.document().name()).isEqualTo("acme/risk");
            assertThat(parsed.document().layer()).isEqualTo(Layer.MODEL);
            assertThat(parsed.document().digest()).matches("[0-9a-f]{64}");
            assertThat(parsed.document().source()).isEqualTo(source);
        });
    }

    @Test
    void document_inJson_isRead() {
        assertThat(problems("""
                        {"apiVersion": "sallyport/v1", "kind": "InferencePolicy",
                         "metadata": {"layer": "tenant", "basedOn": 13, "owner": "dpo@acme.example"},
                         "spec": {"purposes": "any", "input": {"allowed": ["a"]}}}
                        """)).isEmpty();
    }

    @Test
    void country_NO_isNorway() {
        PolicyDocument document = Fixtures.document(Layer.TENANT, "input: {allowed: [NO, yes, on]}");

        assertThat(document.settings().allowed().value().members()).containsExactly("NO", "on", "yes");
    }

    @Test
    void key_unknown_isRefusedAtItsPlaceWithWhatWasExpected() {
        assertThat(problemsOfSpec("input:\n  maxRow: 3")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(6);
            assertThat(problem.column()).isEqualTo(5);
            assertThat(problem.path()).isEqualTo("spec.input.maxRow");
            assertThat(problem.message()).startsWith("unknown key \"maxRow\"; expected one of unknownFields, required");
            assertThat(problem.toString()).startsWith("doc:6:5: spec.input.maxRow: unknown key");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mode: shadow                                          | shadow
                    match: {actions: [explain]}                           | explain
                    subject: {minAge: 18}                                 | spec.subject
                    residency: {}                                         | spec.residency
                    retention: {payload: P0D}                             | spec.retention.payload
                    retention: {prediction: P30D}                         | spec.retention.prediction
                    retention: {subjectKey: until_erasure}                | spec.retention.subjectKey
                    retention: {legalHold: true}                          | spec.retention.legalHold
                    retention: {decisionLog: {ceiling: P7Y}}              | spec.retention.decisionLog.ceiling
                    extraction: {}                                        | spec.extraction
                    humanReview: {}                                       | spec.humanReview
                    breakGlass: {}                                        | spec.breakGlass
                    admin: {}                                             | spec.admin
                    purposes: [{id: a, requires: {consent: true}}]        | spec.purposes[0].requires
                    purposes: [{id: a, dpia: D}]                          | spec.purposes[0].dpia
                    purposes: [{id: a, significant: true}]                | spec.purposes[0].significant
                    input: {outliers: {}}                                 | spec.input.outliers
                    input: {adversarial: {}}                              | spec.input.adversarial
                    input: {smoothing: {}}                                | spec.input.smoothing
                    input: {actions: [{detect: [PHONE], do: redact}]}     | PHONE
                    input: {actions: [{detect: [MRN], do: pseudonymise}]} | pseudonymise
                    budgets: [{id: a, scope: key, limit: 1, window: P1D, onExceed: human_review}]   | human_review
                    output: {explanations: none}                          | spec.output.explanations
                    output: {dp: {}}                                      | spec.output.dp
                    conditions: [{id: a, expr: "decision.significant"}]   | decision.significant
                    """)
    void partOfTheLanguage_thatIsNotDone_isRefusedByName(String spec, String name) {
        assertThat(problemsOfSpec(spec)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(name).contains("not supported yet");
            assertThat(problem.line()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rate: {scope: subject, permits: 1, per: PT1S}       | 17 | spec.rate.scope | expected key or tenant or model
                    budgets: [{id: a, scope: key, limit: 1, kind: sliding, window: P1M}] | 66 | spec.budgets[0].window | whole minutes, from PT1M to P366D
                    budgets: [{id: a, scope: key, limit: 1, kind: sliding, window: 90s}] | 66 | spec.budgets[0].window | whole minutes, from PT1M to P366D
                    budgets: [{id: a, scope: key, limit: 1, window: P2D}] | 51 | spec.budgets[0].window | a calendar window
                    budgets: [{id: a, scope: key, limit: 1, kind: sliding, window: P2D, zone: UTC}] | 77 | spec.budgets[0].zone | it has no zone
                    input: {maxRows: many}                              | 20 | spec.input.maxRows | a whole number from 1 to
                    input: {maxRows: 0}                                 | 20 | spec.input.maxRows | a whole number from 1 to
                    input: {maxRows: 1.5}                               | 20 | spec.input.maxRows | a whole number from 1 to
                    input: {required: age}                              | 21 | spec.input.required | a list of field names
                    input: {required: [1]}                              | 22 | spec.input.required[0] | a field name
                    input: {unknownFields: ignore}                      | 26 | spec.input.unknownFields | reject or drop
                    input: [a]                                          | 10 | spec.input | a mapping with the keys
                    input:                                              | 9 | spec.input | a mapping with the keys
                    purposes: [{lawfulBasis: contract}]                 | 14 | spec.purposes[0] | the purpose's name
                    purposes: [{id: a, lawfulBasis: because}]           | 35 | spec.purposes[0].lawfulBasis | consent or contract
                    purposes: [{id: a}, {id: a}]                        | 23 | spec.purposes[1] | a second time
                    match: {modelVersions: latest}                      | 26 | spec.match.modelVersions | a range in quotes
                    match: {tenants: [Acme]}                            | 21 | spec.match.tenants[0] | a tenant's id
                    output: {shape: topk}                               | 19 | spec.output.shape | topK
                    output: {topK: 3}                                   | 18 | spec.output.topK | shape: topk
                    output: {roundTo: 16}                               | 21 | spec.output.roundTo | from 0 to 15
                    rate: {scope: key, permits: 1, per: soon}           | 39 | spec.rate.per | a duration
                    rate: {scope: [], permits: 1, per: 1s}              | 17 | spec.rate.scope | at least one of
                    conditions: [{id: a, expr: "request.rows +"}]       | 30 | spec.conditions[0].expr | of the expression
                    conditions: [{id: a, expr: "request.row > 1"}]      | 30 | spec.conditions[0].expr | undefined field 'row'
                    conditions: [{id: a, expr: "request.rows"}]         | 30 | spec.conditions[0].expr | expected type 'bool'
                    conditions: [{id: a, expr: "true", reason: no}]     | 46 | spec.conditions[0].reason | a code such as
                    controls: {inputs: [GDPR-6]}                        | 14 | spec.controls.inputs | unknown rule
                    controls: {input: [gdpr 6]}                         | 22 | spec.controls.input[0] | control ids
                    """)
    void value_wrong_isRefusedAtItsPlace(String spec, int column, String path, String expected) {
        assertThat(problemsOfSpec(spec)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(expected);
            assertThat(problem.line()).isEqualTo(5);
            assertThat(problem.column()).isEqualTo(column);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    P1D   | P1D
                    24h   | P1D
                    7d    | P7D
                    P1W   | P7D
                    P1M   | P1M
                    PT1M  | PT1M
                    60s   | PT1M
                    PT15M | PT15M
                    PT6H  | PT6H
                    P1Y   | P1Y
                    """)
    void window_inAnyForm_hasOneCanonicalForm(String written, String canonical) {
        PolicyDocument document =
                Fixtures.document(Layer.TENANT, "budgets: [{id: a, scope: key, limit: 1, window: " + written + "}]");

        assertThat(document.settings().budgets().values().firstKey().window().length())
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"P30D", "PT7M", "PT5H", "P2M", "PT0S", "-PT1M", "soon"})
    void window_thatDividesNoCalendar_isRefused(String written) {
        assertThat(problemsOfSpec("budgets: [{id: a, scope: key, limit: 1, window: " + written + "}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("expected a calendar window"));
    }

    @Test
    void anchorsTagsAndDuplicates_areRefused() {
        assertThat(problemsOfSpec("input: {required: &r [a], allowed: *r}"))
                .extracting(PolicyProblem::message)
                .allMatch(message -> message.startsWith("anchors and aliases are not accepted"))
                .hasSize(2);
        assertThat(problemsOfSpec("input: {maxRows: !!int \"3\"}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("tags are not accepted"));
        assertThat(problemsOfSpec("input: {maxRows: 3}\ninput: {maxRows: 4}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo("the key \"input\" stands here a second time; first on line 5");
                    assertThat(problem.line()).isEqualTo(6);
                });
    }

    @Test
    void textThatIsNoDocument_isRefused() {
        assertThat(problems("")).hasSize(1);
        assertThat(problems("a: ["))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("not YAML"));
        assertThat(problems("- a\n")).isNotEmpty();
        assertThat(problems("{}")).extracting(PolicyProblem::message).anyMatch(m -> m.contains("apiVersion"));
        assertThat(problems("a: 1\n---\nb: 2\n")).hasSize(1);
        assertThat(problems("%YAML 1.1\n---\na: 1\n")).isNotEmpty();
        assertThat(problems("\u0000")).hasSize(1);
        assertThat(problems("x".repeat(70_000))).hasSize(1);
    }

    @Test
    void document_longerThanTheLimit_isRefusedAsYamlAndAsJson() {
        String yaml = Fixtures.source(Layer.TENANT, "doc", "mode: enforce");
        String json = """
                {"apiVersion": "sallyport/v1", "kind": "InferencePolicy", "metadata": {"layer": "tenant"},
                 "spec": {"mode": "enforce"}}""";
        for (String source : List.of(yaml, json)) {
            String longest = source + " ".repeat(64 * 1024 - source.length());

            assertThat(problems(longest)).isEmpty();
            assertThat(problems(longest + " ")).singleElement().satisfies(problem -> {
                assertThat(problem.message()).contains("65537 characters").contains("at most 65536");
                assertThat(problem.line()).isEqualTo(1);
            });
        }
    }

    @Test
    void conditions_moreThanTheLimit_areRefusedAtTheFirstTooMany() {
        assertThat(problemsOfSpec(conditions(32, "request.rows < 9"))).isEmpty();
        assertThat(problemsOfSpec(conditions(33, "request.rows < 9")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("33 conditions").contains("at most 32");
                    assertThat(problem.path()).isEqualTo("spec.conditions[32]");
                });
    }

    /**
     * A document takes at most 100 000 steps. Of the expressions tried, the dearest that are accepted, filling the documents
     * of platform, tenant and model, took 15 ms a call together (32 times a time zone that is none, in a loop of 45), and
     * 57 ms the first time; patterns, maps of maps and comparisons of long lists took 3 ms.
     */
    @Test
    void conditions_dearTogether_areRefusedWhereTheyPassTheLimit() {
        String loop = "[" + "1,".repeat(49) + "1].exists(x, 1/0 == 1 || 1/0 == 2 || 1/0 == 3)";

        assertThat(problemsOfSpec(conditions(8, loop))).isEmpty();
        assertThat(problemsOfSpec(conditions(20, loop))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("more than 100000 steps");
            assertThat(problem.path()).matches("spec.conditions\\[\\d+\\].expr");
        });
    }

    private static String conditions(int count, String expression) {
        StringBuilder spec = new StringBuilder("conditions:\n");
        for (int i = 0; i < count; i++) {
            spec.append("  - {id: c")
                    .append(i)
                    .append(", expr: \"")
                    .append(expression)
                    .append("\"}\n");
        }
        return spec.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform",
                "platform/baseline",
                "Platform/baseline",
                "platformer",
                "pack/hipaa",
                "pack/own",
                "gdpr"
            })
    void document_underANameOfThePlatformOrAPack_isRefused(String name) {
        for (Layer layer : List.of(Layer.TENANT, Layer.MODEL)) {
            assertThat(problemsOf(Fixtures.source(layer, name, "mode: enforce")))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.message()).contains("\"" + name + "\" is kept for");
                        assertThat(problem.path()).isEqualTo("metadata.name");
                        assertThat(problem.line()).isEqualTo(3);
                    });
        }
    }

    @Test
    void document_underAnyOtherName_isTaken() {
        assertThat(problemsOf(Fixtures.source(Layer.PLATFORM, "platform/strict", "mode: enforce")))
                .isEmpty();
        assertThat(problemsOf(Fixtures.source(Layer.PLATFORM, "strict", "mode: enforce")))
                .isEmpty();
        assertThat(problemsOf(Fixtures.source(Layer.TENANT, "my-platform/pack", "mode: enforce")))
                .isEmpty();
    }

    @Test
    void document_tenThousandLevelsDeep_isRefusedQuickly() {
        assertThat(problems("[".repeat(10_000)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("levels deep"));
        assertThat(problems("{a: ".repeat(10_000))).hasSize(1);
    }

    @Test
    void document_forAnotherLayer_isRefused() {
        assertThat(problems(Fixtures.source(Layer.PLATFORM, "platform/p", "mode: enforce")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("expected the layer tenant"));
    }

    @Test
    void document_contradictingItself_isRefused() {
        assertThat(problemsOfSpec("input: {required: [a], allowed: [b], forbidden: [a]}"))
                .extracting(PolicyProblem::message)
                .anyMatch(message -> message.contains("required here and forbidden there"))
                .anyMatch(message -> message.contains("required here and not allowed there"));
    }

    @Test
    void rate_beyondWhatCanBeCounted_isRefused() {
        for (String per : List.of("P2D", "P999999D", "48h")) {
            assertThat(problemsOfSpec("rate: {scope: key, permits: 1, per: " + per + "}"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("at most a day"));
        }
        assertThat(problemsOfSpec("rate: {scope: key, permits: 1000000000, per: PT1S}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("one call a microsecond"));
        assertThat(problemsOfSpec("rate: {scope: key, permits: 1000000000, per: P1D, burst: 1000000000}"))
                .isEmpty();
    }
}
