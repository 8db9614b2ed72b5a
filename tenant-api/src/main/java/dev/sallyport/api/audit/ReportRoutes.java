package dev.sallyport.api.audit;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import dev.sallyport.reports.ReportRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code /audit/v1/reports}. */
public final class ReportRoutes {
    // The caller's now may lie ahead of the database's by as much as their clocks may; the period ends at the latter.
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

    private final Reports reports;
    private final Predicate<TenantId> exists;
    private final Supplier<List<TenantId>> tenants;
    private final InstantSource clock;

    /**
     * Makes the handlers.
     *
     * @param reports the service
     * @param exists tells whether there is a tenant, the platform included
     * @param tenants all tenants, the platform left out
     * @param clock the database's time
     */
    public ReportRoutes(
            Reports reports, Predicate<TenantId> exists, Supplier<List<TenantId>> tenants, InstantSource clock) {
        this.reports = reports;
        this.exists = exists;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("createReport", this::create);
        routes.handle("getReport", call -> OperationAnswer.json(200, json(found(call))));
        routes.handle("getReportJson", call -> content(call, "json", "application/json"));
        routes.handle("getReportHtml", call -> content(call, "html", "text/html; charset=utf-8"));
    }

    private OperationAnswer create(OperationCall call) {
        JsonObject body = call.json();
        String named = body.getString("tenant");
        TenantId tenant = named == null ? call.caller().tenant() : call.visible(named);
        if (!exists.test(tenant)) {
            throw Problem.notFound();
        }
        List<String> frameworks = body.getJsonArray("frameworks").stream()
                .map(name -> String.valueOf(name).toLowerCase(Locale.ROOT))
                .toList();
        Instant from = OperationCall.time("from", body.getString("from"));
        Instant to = OperationCall.time("to", body.getString("to"));
        Instant now = clock.instant();
        if (to.isAfter(now.plus(CLOCKS_APART))) {
            throw Problem.unprocessable("to", "a report's period has ended: to is not later than now");
        }
        Instant end = to.isAfter(now) ? now : to;
        StoredReport ordered = reports.order(request(tenant, frameworks, from, end), call.actor());
        return OperationAnswer.json(202, json(ordered)).with("Location", "/audit/v1/reports/" + ordered.id());
    }

    private static ReportRequest request(TenantId tenant, List<String> frameworks, Instant from, Instant to) {
        try {
            return ReportRequest.of(tenant, frameworks, from, to);
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("frameworks, from, to", String.valueOf(e.getMessage()));
        }
    }

    private OperationAnswer content(OperationCall call, String form, String type) {
        StoredReport report = found(call);
        return switch (report.state()) {
            case PENDING -> throw Problem.of(ProblemCode.REPORT_PENDING, "the report is being made: ask for it again");
            case FAILED -> throw Problem.of(ProblemCode.REPORT_FAILED, String.valueOf(report.failure()));
            case FINISHED -> OperationAnswer.of(type, Buffer.buffer(bytes(report, form)));
        };
    }

    private byte[] bytes(StoredReport report, String form) {
        try {
            return reports.content(report, form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The platform's auditors name no tenant in the path: a report's id is found wherever it is. */
    private StoredReport found(OperationCall call) {
        String id = call.path("report");
        Optional<StoredReport> own = reports.find(call.caller().tenant(), id);
        if (own.isEmpty() && call.ofPlatform()) {
            own = tenants.get().stream()
                    .flatMap(tenant -> reports.find(tenant, id).stream())
                    .findFirst();
        }
        return own.orElseThrow(Problem::notFound);
    }

    private static JsonObject json(StoredReport report) {
        JsonObject json = new JsonObject()
                .put("id", report.id())
                .put("tenant", report.tenant().value())
                .put("frameworks", new JsonArray(report.frameworks()))
                .put("from", report.from().toString())
                .put("to", report.to().toString())
                .put("state", report.state().name().toLowerCase(Locale.ROOT));
        String failure = report.failure();
        return failure == null ? json : json.put("failure", failure);
    }
}
