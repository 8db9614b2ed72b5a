package dev.sallyport.verifier;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A report as text for people and as JSON for programs. */
final class ReportWriter {
    private ReportWriter() {}

    static String text(Report report) {
        var text = new StringBuilder();
        report.subject()
                .ifPresent(s -> text.append("tenant %s, entries %d to %d of %d%nlog %s of size %d, as of %s%n%n"
                        .formatted(s.tenant(), s.from(), s.to(), s.size(), s.log(), s.logSize(), time(s.at()))));
        for (Finding finding : report.findings()) {
            text.append("%-12s %-20s %s: %s%n"
                    .formatted(
                            finding.outcome(),
                            finding.code().check().word(),
                            finding.code(),
                            printable(finding.text())));
        }
        text.append(System.lineSeparator());
        text.append(report.assurance()
                .map(assurance -> "Good, " + assurance.word() + ".")
                .orElse("Bad: something above is broken."));
        return text.append(System.lineSeparator()).toString();
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** What was read may hold anything: nothing of it moves a terminal's cursor or turns its text around. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String json(Report report) {
        List<JsonValue> findings = report.findings().stream()
                .<JsonValue>map(f -> JObject.of(Map.of(
                        "check", new JString(f.code().check().word()),
                        "code", new JString(f.code().name()),
                        "outcome", new JString(f.outcome()),
                        "text", new JString(printable(f.text())))))
                .toList();
        var members = new HashMap<String, JsonValue>(
                Map.of("findings", new JArray(findings), "verdict", new JString(report.good() ? "good" : "bad")));
        report.assurance().ifPresent(a -> members.put("assurance", new JString(a.word())));
        report.subject()
                .ifPresent(s -> members.putAll(Map.of(
                        "tenant", new JString(s.tenant()),
                        "from", new JInt(s.from()),
                        "to", new JInt(s.to()),
                        "size", new JInt(s.size()),
                        "log", new JString(s.log()),
                        "logSize", new JInt(s.logSize()),
                        "at", new JInt(s.at()))));
        return new String(CanonicalJson.write(JObject.of(members)), StandardCharsets.UTF_8);
    }
}
