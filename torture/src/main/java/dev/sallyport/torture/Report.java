package dev.sallyport.torture;

import dev.sallyport.api.cli.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param plan what was to be done
 * @param started when it began
 * @param ended when the last check was done
 * @param matrix the hits
 * @param answers what callers were told
 * @param violations what was looked at and found wrong
 */
record Report(Plan plan, Instant started, Instant ended, Matrix matrix, Answers answers, Violations violations) {

    /** The phases that were aimed at and have fewer hits than a run of this length must show. */
    List<String> tooFew() {
        Map<Phase, Integer> phases = matrix.phases();
        List<String> few = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            int hits = phases.getOrDefault(phase, 0);
            boolean aimed = plan.cells().stream().anyMatch(cell -> cell.phase() == phase);
            if (aimed && hits < plan.leastHits()) {
                few.add(Cell.name(phase) + ": " + hits + " of " + plan.leastHits());
            }
        }
        return few;
    }

    /** 0 if nothing was found wrong, 1 if something was, 3 if too little was hit to say. */
    int exitCode() {
        if (!violations.isEmpty()) {
            return ExitCode.BAD;
        }
        return tooFew().isEmpty() ? ExitCode.GOOD : ExitCode.COULD_NOT_RUN;
    }

    JsonObject json() {
        JsonObject phases = new JsonObject();
        matrix.phases().forEach((phase, hits) -> phases.put(Cell.name(phase), hits));
        return new JsonObject()
                .put("verdict", verdict())
                .put("seed", plan.seed())
                .put("nodes", plan.nodes())
                .put("minutes", plan.length().toSeconds() / 60.0)
                .put("started", started.toString())
                .put("seconds", Duration.between(started, ended).toSeconds())
                .put("load", answers.json())
                .put("hits", matrix.size())
                .put("phases", phases)
                .put("tooFew", new JsonArray(tooFew()))
                .put("matrix", matrix.json())
                .put("checks", violations.json())
                .put("violations", new JsonArray(violations.sentences()))
                .put("each", matrix.hitsJson());
    }

    private String verdict() {
        return switch (exitCode()) {
            case ExitCode.GOOD -> "good";
            case ExitCode.BAD -> "violation";
            default -> "too few hits";
        };
    }

    /** A few lines for a person. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("%s: %d hits in %d s, seed %d, %d node(s), %d answers%n"
                .formatted(
                        verdict(),
                        matrix.size(),
                        Duration.between(started, ended).toSeconds(),
                        plan.seed(),
                        plan.nodes(),
                        answers.size()));
        matrix.phases().forEach((phase, hits) -> text.append("  %-14s %d hits%n".formatted(Cell.name(phase), hits)));
        for (Object each : violations.json()) {
            JsonObject check = (JsonObject) each;
            text.append("  %-14s looked at %d, %d wrong%n"
                    .formatted(check.getString("check"), check.getLong("looked"), check.getLong("violations")));
        }
        tooFew().forEach(few -> text.append("  too few hits: ").append(few).append('\n'));
        violations
                .sentences()
                .forEach(sentence -> text.append("  ! ").append(sentence).append('\n'));
        return text.toString();
    }
}
