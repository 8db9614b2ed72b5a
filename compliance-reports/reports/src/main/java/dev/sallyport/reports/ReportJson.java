package dev.sallyport.reports;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as canonical JSON (RFC 8785): equal reports have equal bytes. Times are ISO 8601 in UTC, counts
 * are integers, and what is not there is left out.
 */
public final class ReportJson {
    /** The version of the form. */
    private static final long FORM = 1;

    private ReportJson() {}

    /**
     * The report's bytes.
     *
     * @param report the report
     * @return UTF-8
     */
    public static byte[] write(Report report) {
        ReportRequest request = report.request();
        return CanonicalJson.write(new Members()
                .put("form", FORM)
                .put("tenant", request.tenant().value())
                .put("from", request.from().toString())
                .put("to", request.to().toString())
                .put("frameworks", array(report.frameworks(), framework -> framework(report, framework)))
                .put("generator", report.generator())
                .put("catalogue", report.catalogueDigest())
                .put("assurance", report.assurance())
                .put("absent", JArray.ofStrings(report.absent()))
                .put("totals", totals(report.totals()))
                .put("summary", summary(report.summary()))
                .put("decisions", decisions(report.decisions()))
                .put("scope", scope(report.scope()))
                .put("policies", array(report.policies(), ReportJson::policy))
                .put("controls", array(report.controls(), ReportJson::control))
                .object());
    }

    private static JObject framework(Report report, Framework framework) {
        return new Members()
                .put("id", framework.id())
                .put("title", framework.title())
                .put("catalogue", framework.digest())
                .put("summary", summary(report.summaryOf(framework.id())))
                .object();
    }

    private static JObject totals(Totals totals) {
        return new Members()
                .put("records", totals.records())
                .put("decisions", totals.decisions())
                .put("acts", totals.acts())
                .put("observations", totals.observations())
                .put("rowsAnswered", totals.rowsAnswered())
                .put("unreadable", totals.unreadable())
                .object();
    }

    private static JObject summary(Summary summary) {
        Members outcomes = new Members();
        summary.outcomes().forEach((outcome, controls) -> outcomes.put(outcome.code(), controls));
        return new Members()
                .put("tested", summary.tested())
                .put("passed", summary.passed())
                .put("controls", summary.controls())
                .put("results", outcomes.object())
                .object();
    }

    private static JObject decisions(Decisions decisions) {
        return new Members()
                .put("byEffect", usages(decisions.byEffect(), ReportJson::named))
                .put("byCode", usages(decisions.byCode(), ReportJson::named))
                .put("byRule", usages(decisions.byRule(), ReportJson::rule))
                .put("byPurpose", usages(decisions.byPurpose(), ReportJson::named))
                .put("byControl", usages(decisions.byControl(), ReportJson::named))
                .object();
    }

    private static JObject scope(Scope scope) {
        return new Members()
                .put("models", usages(scope.models(), ReportJson::model))
                .put("documents", usages(scope.documents(), ReportJson::document))
                .put("policies", usages(scope.policies(), ReportJson::named))
                .object();
    }

    private static <K> JObject usages(Usages<K> usages, Function<K, Members> key) {
        return new Members()
                .put(
                        "rows",
                        array(
                                usages.rows(),
                                usage -> key.apply(usage.key())
                                        .put("events", usage.total())
                                        .put("effects", longs(usage.effects()))
                                        .put("first", usage.first().toString())
                                        .put("last", usage.last().toString())
                                        .object()))
                .put("others", usages.others())
                .object();
    }

    private static Members named(String name) {
        return new Members().put("name", name);
    }

    private static Members rule(RuleKey rule) {
        return new Members()
                .put("name", rule.id())
                .put("layer", rule.layer())
                .put("document", rule.document())
                .put("digest", rule.digest())
                .put("line", rule.line());
    }

    private static Members document(DocumentKey document) {
        return new Members()
                .put("name", document.document())
                .put("layer", document.layer())
                .put("digest", document.digest());
    }

    private static Members model(ModelKey model) {
        return new Members()
                .put("name", model.name())
                .put("owner", model.owner())
                .put("version", model.version())
                .put("digest", model.digest());
    }

    private static JObject policy(PolicyInForce policy) {
        return new Members()
                .put("object", policy.object())
                .put("digest", policy.digest())
                .put("from", policy.from().toString())
                .put("until", policy.until() == null ? null : policy.until().toString())
                .put("publishedBy", policy.publishedBy())
                .put("published", policy.published())
                .object();
    }

    private static JObject control(ControlResult result) {
        Control control = result.control();
        return new Members()
                .put("id", control.id())
                .put("title", control.title())
                .put("responsibility", control.responsibility().code())
                .put("enforces", control.enforces().isEmpty() ? null : control.enforces())
                .put("source", control.source().text())
                .put("sourceDate", control.source().date())
                .put("result", result.outcome().code())
                .put("reason", result.reason())
                .put("test", test(result))
                .put("counts", array(result.counts(), ReportJson::count))
                .object();
    }

    private static @Nullable JObject test(ControlResult result) {
        return switch (result.control().evidence()) {
            case Evidence.Untested untested -> null;
            case Evidence.Test test ->
                new Members()
                        .put("claim", test.claim())
                        .put("limits", test.limits())
                        .put(
                                "applies",
                                test.applies() == null ? null : test.applies().text())
                        .put("populationQuery", test.population().text())
                        .put("exceptionQueries", array(test.exceptions(), filter -> new JString(filter.text())))
                        .put("population", result.population())
                        .put("exceptions", result.exceptions())
                        .put("exceptionRecords", JArray.ofStrings(result.exceptionRecords()))
                        .object();
        };
    }

    private static JObject count(CountResult result) {
        RecordField by = result.count().by();
        Members members = new Members()
                .put("name", result.count().name())
                .put("query", result.count().where().text())
                .put("events", result.total());
        if (by != null) {
            members.put("by", by.code()).put("groups", longs(result.groups())).put("others", result.others());
        }
        return members.object();
    }

    private static JObject longs(Map<String, Long> counts) {
        Members members = new Members();
        counts.forEach(members::put);
        return members.object();
    }

    private static <T> JArray array(Collection<T> items, Function<T, ? extends JsonValue> form) {
        return new JArray(items.stream().<JsonValue>map(form).toList());
    }

    /** An object in the making; a null is left out. */
    private static final class Members {
        private final TreeMap<String, JsonValue> members = new TreeMap<>();

        Members put(String name, @Nullable JsonValue value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }

        Members put(String name, @Nullable String value) {
            return put(name, value == null ? null : new JString(value));
        }

        Members put(String name, long value) {
            return put(name, new JInt(value));
        }

        JObject object() {
            return new JObject(members);
        }
    }
}
