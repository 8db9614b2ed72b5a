package dev.sallyport.policy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Documents, models and calls that tests share. */
final class Fixtures {
    static final TenantId ACME = new TenantId("acme-clinic");
    static final ModelName MODEL = new ModelName("readmission-risk");
    static final Instant NOW = Instant.parse("2026-11-23T12:34:56Z");

    /** Two numbers, one of them with a value for missing, and two texts. */
    static final ModelFacts FACTS = new ModelFacts(
            MODEL,
            new ModelVersion("3.1"),
            List.of(
                    new FieldFacts("age_band", false, false),
                    new FieldFacts("los_days", false, true),
                    new FieldFacts("free_text", true, false),
                    new FieldFacts("note", true, false)),
            true);

    private Fixtures() {}

    static PolicyDocument document(Layer layer, String spec) {
        return document(layer, layer.id() + "/test", spec);
    }

    static PolicyDocument document(Layer layer, String name, String spec) {
        return switch (PolicyParser.parse(name, layer, source(layer, name, spec))) {
            case ParseResult.Parsed(var document) -> document;
            case ParseResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** A document whose {@code spec} begins on line 6. */
    static String source(Layer layer, String name, String spec) {
        return """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {layer: %s, name: %s}
                spec:
                """.formatted(layer.id(), name) + spec.indent(2);
    }

    static List<PolicyProblem> problems(String source) {
        return switch (PolicyParser.parse("doc", Layer.TENANT, source)) {
            case ParseResult.Parsed(var document) -> List.of();
            case ParseResult.Rejected(var problems) -> problems;
        };
    }

    /** Problems of a document that says its layer itself. */
    static List<PolicyProblem> problemsOf(String source) {
        return switch (PolicyParser.parse("doc", source)) {
            case ParseResult.Parsed(var document) -> List.of();
            case ParseResult.Rejected(var problems) -> problems;
        };
    }

    static List<PolicyProblem> problemsOfSpec(String spec) {
        return problems(source(Layer.TENANT, "doc", spec));
    }

    static PolicyEngine engine(PolicyDocument... documents) {
        return engine(List.of(), documents);
    }

    static PolicyEngine engine(List<String> packs, PolicyDocument... documents) {
        PolicyDocument platform = Packs.baseline();
        PolicyDocument tenant = null;
        Map<ModelName, PolicyDocument> models = new HashMap<>();
        for (PolicyDocument document : documents) {
            switch (document.layer()) {
                case PLATFORM -> platform = document;
                case TENANT -> tenant = document;
                case MODEL -> models.put(MODEL, document);
                case PACK -> throw new AssertionError("packs are named");
            }
        }
        return PolicyEngine.of(
                new PolicySet(platform, Packs.shipped(), Map.of(ACME, new TenantLayers(packs, tenant, models))));
    }

    static EffectivePolicy policy(PolicyDocument... documents) {
        return policy(engine(documents));
    }

    static EffectivePolicy policy(PolicyEngine engine) {
        return switch (engine.policyFor(ACME, FACTS)) {
            case Combination.Effective(var policy) -> policy;
            case Combination.Contradiction contradiction -> throw new AssertionError(contradiction.toString());
        };
    }

    static AdmitFacts call(@Nullable String purpose) {
        return call(purpose, 1, 100);
    }

    static AdmitFacts call(@Nullable String purpose, int rows, long bytes) {
        return new AdmitFacts(
                ACME,
                "k1",
                "caller",
                List.of("ward-7"),
                FACTS,
                "predict",
                purpose,
                rows,
                true,
                bytes,
                "eu-central-1",
                NOW);
    }

    static Inspection inspect(EffectivePolicy policy, Map<String, List<String>> fields) {
        return policy.inspect(new InspectFacts(call("care"), new Sent(fields)));
    }

    /** Fields of a call; those without texts hold numbers. */
    record Sent(Map<String, List<String>> fields) implements InputFields {
        @Override
        public Set<String> names() {
            return fields.keySet();
        }

        @Override
        public int rows() {
            return fields.values().stream().mapToInt(List::size).max().orElse(1);
        }

        @Override
        public boolean text(String field) {
            return !fields.getOrDefault(field, List.of()).isEmpty();
        }

        @Override
        public String value(String field, int row) {
            return fields.getOrDefault(field, List.of()).get(row);
        }
    }
}
