package dev.sallyport.api.audit;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.TenantId;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** {@code /audit/v1/log}. */
public final class ExportRoutes {
    private static final int AT_ONCE = 4;

    private final LogExport export;
    private final Predicate<TenantId> exists;
    private final Semaphore slots = new Semaphore(AT_ONCE);

    /**
     * Makes the handler.
     *
     * @param export makes packages
     * @param exists tells whether there is a tenant, the platform included
     */
    public ExportRoutes(LogExport export, Predicate<TenantId> exists) {
        this.export = export;
        this.exists = exists;
    }

    /**
     * Says what the operation does.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("exportLog", this::export);
    }

    private OperationAnswer export(OperationCall call) {
        TenantId tenant = call.query("tenant")
                .map(call::visible)
                .orElseGet(() -> call.caller().tenant());
        OptionalLong to = call.query("to").isPresent() ? OptionalLong.of(number(call, "to")) : OptionalLong.empty();
        var wanted = new LogExport.Wanted(
                tenant,
                call.query("from").isPresent() ? number(call, "from") : 0,
                to,
                sizes(call, "tenantSizes"),
                sizes(call, "logSizes"),
                call.ofPlatform());
        if (!slots.tryAcquire()) {
            throw Problem.unavailable();
        }
        boolean answered = false;
        try {
            LogExport.Prepared made = prepare(wanted);
            answered = true;
            return OperationAnswer.streamed("application/zip", made::writeTo, slots::release)
                    .with("Content-Disposition", "attachment; filename=\"" + tenant + "-log.zip\"");
        } finally {
            if (!answered) {
                slots.release();
            }
        }
    }

    private LogExport.Prepared prepare(LogExport.Wanted wanted) {
        try {
            return export.prepare(wanted)
                    .orElseThrow(() -> exists.test(wanted.tenant()) ? notSequenced() : Problem.notFound());
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("from, to", "the range must be one of the log: " + e.getMessage());
        }
    }

    private static Problem notSequenced() {
        return Problem.of(
                ProblemCode.NOT_SEQUENCED, "no record of the tenant has a place in the log yet: ask again in a second");
    }

    private static long number(OperationCall call, String name) {
        return read(name, call.query(name).orElse(""));
    }

    private static SortedSet<Long> sizes(OperationCall call, String name) {
        var sizes = new TreeSet<Long>();
        call.query(name).ifPresent(text -> {
            for (String size : text.split(",", -1)) {
                sizes.add(read(name, size));
            }
        });
        if (sizes.size() > LogExport.MOST_SIZES) {
            throw Problem.malformed(name + " has at most " + LogExport.MOST_SIZES + " sizes");
        }
        return sizes;
    }

    /** The OpenAPI document has digits alone. */
    private static long read(String name, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw Problem.malformed(name + " is made of whole numbers of at most 2^53 - 1");
        }
    }
}
