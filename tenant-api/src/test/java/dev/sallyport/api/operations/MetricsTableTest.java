package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.lane.LaneListener.RunFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/operations.md to what a node really exposes: names, types, labels and meanings. */
final class MetricsTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(sallyport_\\w+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\|$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\w+) (.*)$");
    private static final Pattern SERIES = Pattern.compile("(?m)^(sallyport_\\w+?)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
    private static final Pattern TOLD = Pattern.compile("`(\\w+)`");

    private record Row(String type, String labels, String meaning) {}

    @Test
    void table_ofTheDocument_isWhatTheRegistryExposes() throws IOException {
        assertThat(documented()).containsExactlyInAnyOrderEntriesOf(exposed());
    }

    private static Map<String, Row> documented() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(DOCUMENT)).results().toList()) {
            String labels = TOLD.matcher(row.group(3))
                    .results()
                    .map(label -> label.group(1))
                    .sorted()
                    .collect(Collectors.joining(" "));
            Row before = rows.put(row.group(1), new Row(row.group(2), labels, row.group(4)));
            assertThat(before).as(row.group(1) + " stands once").isNull();
        }
        return rows;
    }

    private static Map<String, Row> exposed() {
        String text = everything();
        Map<String, String> meanings = new TreeMap<>();
        HELP.matcher(text).results().forEach(help -> meanings.put(help.group(1), help.group(2)));
        Map<String, Row> rows = new TreeMap<>();
        TYPE.matcher(text)
                .results()
                .filter(type -> !type.group(1).endsWith("_max"))
                .forEach(type -> rows.put(
                        type.group(1),
                        new Row(type.group(2), labels(text, type.group(1)), meanings.getOrDefault(type.group(1), ""))));
        return rows;
    }

    /** Of all the series of a metric, but for a histogram's {@code le}. */
    private static String labels(String text, String metric) {
        var labels = new TreeSet<String>();
        SERIES.matcher(text)
                .results()
                .filter(series -> series.group(1).matches(metric + "(_bucket|_count|_sum)?"))
                .filter(series -> series.group(2) != null)
                .flatMap(series -> LABEL.matcher(series.group(2)).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .forEach(labels::add);
        return String.join(" ", labels);
    }

    private static String everything() {
        try (var metrics = new Metrics(true)) {
            metrics.readiness(new Readiness());
            LedgerFigures.show(metrics);
            metrics.volumes(new DiskWatch(List.of(), (use, before, after) -> {}), List.of("data"));
            metrics.ended(Ends.answered());
            metrics.ended(Ends.refused(403, "DETECTED"));
            metrics.flushes().flushed(1, Duration.ZERO, Duration.ZERO);
            metrics.lanes().queued(Ends.DIGITS, 1);
            metrics.lanes().ran(Ends.DIGITS, new RunFigures(1, 1, 1, 1, 1, 1));
            metrics.lanes().failed(Ends.DIGITS, FailureKind.DEADLINE);
            return metrics.scrape();
        }
    }
}
