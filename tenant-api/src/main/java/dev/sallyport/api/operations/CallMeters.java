package dev.sallyport.api.operations;

import dev.sallyport.api.oip.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Counts requests and errors, and measures durations. */
final class CallMeters implements CallListener {
    /** Stands for a code that a policy gave: those are their authors' own words, without bound. */
    static final String POLICY = "POLICY";

    private static final int CALLS = 64;
    private static final int OTHER_CODES = 64;
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;
    private final TenantLabel tenants;
    private final BoundedLabel calls = new BoundedLabel(CALLS);
    private final BoundedLabel others = new BoundedLabel(OTHER_CODES);
    // Looked up here, because finding a meter by its tags costs more than counting.
    private final ConcurrentHashMap<Request, Counter> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Fault, Counter> errors = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Ending, Timer> durations = new ConcurrentHashMap<>();

    private record Request(String call, int status, String tenant) {}

    private record Fault(String code, String tenant) {}

    private record Ending(String call, String outcome) {}

    CallMeters(MeterRegistry registry, TenantLabel tenants) {
        this.registry = registry;
        this.tenants = tenants;
    }

    @Override
    public void ended(CallEnd end) {
        String call = calls.of(end.call());
        String tenant = tenants.of(end.tenant());
        requests.computeIfAbsent(new Request(call, end.status(), tenant), this::counter)
                .increment();
        if (end.status() >= 400) {
            errors.computeIfAbsent(new Fault(label(end), tenant), this::counter).increment();
        }
        durations
                .computeIfAbsent(new Ending(call, outcome(end.status())), this::timer)
                .record(Duration.ofNanos(end.nanos()));
    }

    private String label(CallEnd end) {
        String code = end.code();
        if (code == null) {
            return ErrorCode.INTERNAL.name();
        }
        // Only of an inference does a policy decide; the codes of all other calls are ours.
        return CODES.contains(code) ? code : end.call().equals(ModelCallMeters.INFER) ? POLICY : others.of(code);
    }

    private static String outcome(int status) {
        return status < 400 ? "answered" : status < 500 ? "refused" : "failed";
    }

    private Counter counter(Request request) {
        Tags tags = Tags.of("call", request.call(), "status", Integer.toString(request.status()));
        return Counter.builder("sallyport.requests")
                .description("Requests ended, by what was asked and status")
                .tags(tenants.and(tags, request.tenant()))
                .register(registry);
    }

    private Counter counter(Fault fault) {
        return Counter.builder("sallyport.errors")
                .description("Requests refused or failed, by code")
                .tags(tenants.and(Tags.of("code", fault.code()), fault.tenant()))
                .register(registry);
    }

    private Timer timer(Ending ending) {
        return Timer.builder("sallyport.request.duration")
                .description("Time of requests from first byte to answer")
                .tags("call", ending.call(), "outcome", ending.outcome())
                .serviceLevelObjectives(Buckets.DURATIONS)
                .register(registry);
    }
}
