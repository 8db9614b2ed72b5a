package dev.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Documents and calls for properties: small alphabets, so that layers meet each other often. */
final class Documents {
    private static final List<String> PURPOSES = List.of("care", "audit", "research");
    private static final List<String> FIELDS = List.of("age_band", "los_days", "free_text", "note", "hair");
    private static final List<String> ACTIONS = List.of(
            "{detect: [EMAIL], do: redact}",
            "{detect: [EMAIL], fields: [free_text], do: reject, reason: NO_MAIL}",
            "{detect: [US_SSN], fields: [note], do: redact, minConfidence: 0.9}",
            "{detect: [US_SSN, PAN], fields: [free_text, hair], do: reject}",
            "{detect: [PAN], do: redact, minConfidence: 0.7}");
    private static final List<String> BUDGETS = List.of(
            "{id: a, scope: key, limit: 5, window: P1D}",
            "{id: b, scope: key, limit: 9, window: P1D}",
            "{id: c, scope: [tenant, model], limit: 3, window: PT1M}",
            "{id: d, scope: [tenant, subject], limit: 4, window: P30D, kind: sliding}",
            "{id: e, scope: [subject, tenant], limit: 2, window: 720h, kind: sliding}",
            "{id: f, scope: key, limit: 7, window: P1D, kind: sliding}");
    private static final List<String> CONDITIONS = List.of(
            "{id: few, expr: \"request.rows < 3\"}",
            "{id: care, expr: \"request.purpose == 'care'\", reason: ONLY_CARE}",
            "{id: sure, expr: \"output.confidence >= 0.5\"}",
            "{id: low, expr: \"output.label != 'HIGH' || request.rows == 1\"}");

    /** By text: a property asks for each value several times, and parsing, with compiling conditions, is its cost. */
    private static final Map<String, ParseResult> PARSED = new ConcurrentHashMap<>();

    private Documents() {}

    private static Arbitrary<Set<String>> some(List<String> from) {
        return Arbitraries.of(from).set().ofMinSize(0).ofMaxSize(from.size());
    }

    /** A key with a list, the key with {@code any}, or nothing. */
    private static Arbitrary<String> list(String key, Arbitrary<Set<String>> items, boolean any) {
        Arbitrary<String> some = items.map(set -> key + ": [" + String.join(", ", set) + "]");
        Arbitrary<String> absent = Arbitraries.just("");
        return any
                ? Arbitraries.frequencyOf(tuple(4, some), tuple(1, absent), tuple(1, Arbitraries.just(key + ": any")))
                : Arbitraries.frequencyOf(tuple(2, some), tuple(2, absent));
    }

    private static Tuple.Tuple2<Integer, Arbitrary<? extends String>> tuple(int weight, Arbitrary<String> of) {
        return Tuple.<Integer, Arbitrary<? extends String>>of(weight, of);
    }

    private static Arbitrary<String> input() {
        return Combinators.combine(
                        Arbitraries.of("", "unknownFields: drop", "unknownFields: reject"),
                        list("required", some(FIELDS.subList(0, 2)), false),
                        list("allowed", some(FIELDS), true),
                        list("forbidden", some(List.of("hair", "note", "shoe")), false),
                        list("actions", some(ACTIONS), false),
                        Arbitraries.of("", "maxRows: any", "maxRows: 1", "maxRows: 2", "maxRows: 9"),
                        Arbitraries.of("", "maxBytes: any", "maxBytes: 10", "maxBytes: 1000"))
                .as((a, b, c, d, e, f, g) -> block("input", List.of(a, b, c, d, e, f, g)));
    }

    private static Arbitrary<String> output() {
        return Combinators.combine(
                        Arbitraries.of(
                                "",
                                "shape: any",
                                "shape: full",
                                "shape: label",
                                "shape: topk\n  topK: 1",
                                "shape: topk\n  topK: 3"),
                        Arbitraries.of("", "roundTo: any", "roundTo: 0", "roundTo: 2"))
                .as((shape, round) -> block("output", List.of(shape, round)));
    }

    private static String block(String key, List<String> lines) {
        String inner = lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n  "));
        return inner.isEmpty() ? "" : key + ":\n  " + inner;
    }

    private static Arbitrary<String> spec() {
        return Combinators.combine(
                        list("purposes", some(PURPOSES).map(Documents::purposes), true),
                        input(),
                        list("budgets", some(BUDGETS), false),
                        Arbitraries.of(
                                "",
                                "rate: any",
                                "rate: {scope: key, permits: 5, per: 1s}",
                                "rate: {scope: tenant, permits: 50, per: 1s}"),
                        output(),
                        list("conditions", Arbitraries.of(CONDITIONS).set().ofMaxSize(2), false),
                        Arbitraries.of("", "controls: {input: [GDPR-5.1.c]}", "controls: {input: [HIPAA-164.502.b]}"),
                        Arbitraries.of("any", "P6M", "P30D", "P3Y", "P6Y")
                                .map(floor -> "retention: {decisionLog: {floor: " + floor + "}}")
                                .injectNull(0.3))
                .as((a, b, c, d, e, f, g, h) -> Stream.of(a, b, c, d, e, f, g, h == null ? "" : h)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("\n")));
    }

    private static Set<String> purposes(Set<String> ids) {
        return ids.stream().map(id -> "{id: " + id + ", lawfulBasis: contract}").collect(Collectors.toSet());
    }

    /** Documents of all layers; those that contradict themselves are left out, for nobody can publish them. */
    static Arbitrary<PolicyDocument> documents() {
        return Combinators.combine(
                        Arbitraries.of(Layer.class), Arbitraries.integers().between(1, 3), spec())
                .as((layer, number, spec) -> parsed(layer, Fixtures.source(layer, layer.id() + "/" + number, spec)))
                .filter(ParseResult.Parsed.class::isInstance)
                .map(parsed -> ((ParseResult.Parsed) parsed).document());
    }

    private static ParseResult parsed(Layer layer, String source) {
        return PARSED.computeIfAbsent(source, text -> PolicyParser.parse("doc", layer, text));
    }

    static Arbitrary<AdmitFacts> calls() {
        return Combinators.combine(
                        Arbitraries.of("care", "audit", "other").injectNull(0.1),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(5L, 500L, 5000L))
                .as(Fixtures::call);
    }

    static Arbitrary<InputFields> contents() {
        Arbitrary<String> text = Arbitraries.of(
                "well",
                "mail a@example.org",
                "SSN 536-22-1234",
                "card 4111 1111 1111 1111",
                "b@example.org, 536-22-1234");
        return Combinators.combine(
                        some(List.of("age_band", "los_days", "free_text", "note", "hair", "shoe")),
                        text.list().ofSize(2),
                        text.list().ofSize(2))
                .as((names, first, second) ->
                        new Fixtures.Sent(names.stream().collect(Collectors.toMap(name -> name, name -> switch (name) {
                            case "free_text", "hair" -> first;
                            case "note" -> second;
                            default -> List.<String>of();
                        }))));
    }

    static Arbitrary<double[]> confidences() {
        return Arbitraries.doubles().between(0, 1).array(double[].class).ofSize(2);
    }
}
