package dev.sallyport.reports;

import java.util.List;

/**
 * What a tenant's ledger shows for a period.
 *
 * @param request what was asked for
 * @param generator the version of the program that made it
 * @param catalogueDigest SHA-256 over the digests of the frameworks asked for, 64 lower-case hexadecimal digits
 * @param frameworks the frameworks, in the request's order
 * @param assurance what the report rests on, one sentence or two
 * @param absent what a report of this kind should have and this one has not, a sentence each
 * @param totals what the ledger holds
 * @param decisions the decisions, counted apart
 * @param scope what took part in them
 * @param policies the published policies that were in force, by object and time
 * @param controls the result of each control, in the frameworks' order
 */
public record Report(
        ReportRequest request,
        String generator,
        String catalogueDigest,
        List<Framework> frameworks,
        String assurance,
        List<String> absent,
        Totals totals,
        Decisions decisions,
        Scope scope,
        List<PolicyInForce> policies,
        List<ControlResult> controls) {
    /** Copies the lists. */
    public Report {
        frameworks = List.copyOf(frameworks);
        absent = List.copyOf(absent);
        policies = List.copyOf(policies);
        controls = List.copyOf(controls);
    }

    /** The results of all frameworks together. */
    public Summary summary() {
        return Summary.of(controls);
    }

    /**
     * The results of one framework.
     *
     * @param framework its id
     */
    public List<ControlResult> controlsOf(String framework) {
        return controls.stream()
                .filter(result -> result.control().framework().equals(framework))
                .toList();
    }

    /**
     * How many controls of one framework had which result.
     *
     * @param framework its id
     */
    public Summary summaryOf(String framework) {
        return Summary.of(controlsOf(framework));
    }
}
