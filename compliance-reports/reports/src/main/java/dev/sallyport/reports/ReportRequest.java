package dev.sallyport.reports;

import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What a report is asked for. A report for a period that has not ended changes while records are added; whoever
 * asks sees to it that {@code to} lies behind.
 *
 * @param tenant whose ledger is read
 * @param frameworks ids of {@link Frameworks#known()}, at least one; kept once each in alphabetical order
 * @param from the beginning of the period, inclusive
 * @param to its end, exclusive
 */
public record ReportRequest(TenantId tenant, List<String> frameworks, Instant from, Instant to) {
    /** @throws IllegalArgumentException if a framework is not known, none is named, or the period is empty */
    public ReportRequest {
        frameworks = List.copyOf(new TreeSet<>(frameworks));
        if (frameworks.isEmpty()) {
            throw new IllegalArgumentException("a report is made for at least one framework");
        }
        frameworks.forEach(Frameworks::of);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a report's period begins before it ends");
        }
    }

    /** A request for frameworks in any order. */
    public static ReportRequest of(TenantId tenant, Collection<String> frameworks, Instant from, Instant to) {
        return new ReportRequest(tenant, List.copyOf(frameworks), from, to);
    }
}
