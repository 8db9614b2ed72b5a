package dev.sallyport.policy.condition;

import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What conditions are decided on.
 *
 * @param request the call; null at release
 * @param model the model; null at release
 * @param output one row's shaped output; null before release
 * @param now the time of the decision
 */
public record ConditionFacts(
        @Nullable Request request,
        @Nullable Model model,
        @Nullable Output output,
        Instant now) {
    /**
     * The variable {@code request}.
     *
     * @param tenant whose call it is
     * @param principal the key's id
     * @param role its role
     * @param groups its groups
     * @param action what is asked
     * @param purpose the purpose; null when none is declared
     * @param rows how many rows
     * @param bytes how large, in bytes
     * @param region where it is processed; null when unknown
     */
    public record Request(
            String tenant,
            String principal,
            String role,
            List<String> groups,
            String action,
            @Nullable String purpose,
            long rows,
            long bytes,
            @Nullable String region) {
        /** Keeps its own copy. */
        public Request {
            groups = List.copyOf(groups);
        }

        @Nullable
        Object field(String name) {
            return switch (name) {
                case "tenant" -> tenant;
                case "principal" -> principal;
                case "role" -> role;
                case "groups" -> groups;
                case "action" -> action;
                case "purpose" -> purpose;
                case "rows" -> rows;
                case "bytes" -> bytes;
                case "batch" -> rows > 1;
                case "region" -> region;
                default -> null;
            };
        }
    }

    /**
     * The variable {@code model}.
     *
     * @param name its name, as the tenant knows it
     * @param version its version
     */
    public record Model(String name, String version) {
        @Nullable
        Object field(String name) {
            return switch (name) {
                case "name" -> this.name;
                case "version" -> version;
                default -> null;
            };
        }
    }

    /**
     * The variable {@code output}.
     *
     * @param label the row's label; null when the model is no classifier
     * @param confidence its highest shown score; NaN where none is shown
     * @param tier the disclosure tier
     * @param rows how many rows were answered
     */
    public record Output(@Nullable String label, double confidence, String tier, long rows) {
        @Nullable
        Object field(String name) {
            return switch (name) {
                case "label" -> label;
                case "confidence" -> Double.isNaN(confidence) ? null : (Double) confidence;
                case "tier" -> tier;
                case "rows" -> rows;
                default -> null;
            };
        }
    }

    /** The variables as the evaluator asks for them; one that is not known at this question is an error to use. */
    CelVariableResolver resolver() {
        return name -> Optional.ofNullable(variable(name));
    }

    private @Nullable Object variable(String name) {
        return switch (name) {
            case Vocabulary.REQUEST ->
                request == null ? null : new Struct(Vocabulary.REQUEST_FIELDS.keySet(), request::field);
            case Vocabulary.MODEL -> model == null ? null : new Struct(Vocabulary.MODEL_FIELDS.keySet(), model::field);
            case Vocabulary.OUTPUT ->
                output == null ? null : new Struct(Vocabulary.OUTPUT_FIELDS.keySet(), output::field);
            case Vocabulary.SUBJECT -> Map.of();
            case Vocabulary.NOW -> now;
            default -> null;
        };
    }
}
