package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Sha256;
import dev.sallyport.policy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes reports from the ledger alone. The records pass once and are counted, so that memory does not grow with
 * them. Stateless and thread-safe; takes as long as the source takes to read.
 */
public final class ReportGenerator {
    /** Where the platform's own layer is published, among the acts of the tenant {@code platform}. */
    private static final String PLATFORM_POLICY = "tenants/platform/policy";

    private static final String ASSURANCE = "The log is not signed: this report rests on the database alone. Whoever "
            + "can write to the database could have changed what it rests on.";

    private static final List<String> ABSENT = List.of(
            "No checkpoint: the log is not signed, and nothing proves that it is complete and unaltered.",
            "No outside witness: nobody outside the service has seen the state of the log.",
            "No reconciliation: the decisions are not compared with tallies kept where calls arrive.",
            "No sample: no decision was taken out and made again from its recorded facts.",
            "No account of configuration: settings of the service are not recorded, and nothing is concluded from "
                    + "them.");

    private ReportGenerator() {}

    /**
     * Makes a report.
     *
     * @param request what it is asked for
     * @param source the ledger
     * @return the report, a function of the request, the records, the catalogue and the generator's version
     */
    public static Report generate(ReportRequest request, ReportSource source) {
        List<Framework> frameworks =
                request.frameworks().stream().map(Frameworks::of).toList();
        List<ControlTally> controls = frameworks.stream()
                .flatMap(framework -> framework.controls().stream())
                .map(ControlTally::new)
                .toList();
        DecisionTally tally = new DecisionTally();
        source.records(request.tenant(), request.from(), request.to(), new ReportSource.Reader() {
            @Override
            public void read(AuditRecord auditRecord) {
                tally.add(auditRecord);
                controls.forEach(control -> control.add(auditRecord));
            }

            @Override
            public void unreadable(String id) {
                tally.addUnreadable();
            }
        });
        return new Report(
                request,
                Generator.VERSION,
                digest(frameworks),
                frameworks,
                ASSURANCE,
                ABSENT,
                tally.totals(),
                tally.decisions(),
                tally.scope(),
                policies(request, source),
                controls.stream().map(control -> control.result(tally.totals())).toList());
    }

    /** The tenant's own policies, and the platform's, which binds every tenant. */
    private static List<PolicyInForce> policies(ReportRequest request, ReportSource source) {
        PolicyTimeline timeline = new PolicyTimeline(request.from());
        TenantId tenant = request.tenant();
        source.acts(tenant, request.to(), act -> timeline.add(act, object -> true));
        if (!tenant.equals(TenantId.PLATFORM)) {
            source.acts(TenantId.PLATFORM, request.to(), act -> addPlatform(timeline, act));
        }
        return timeline.policies();
    }

    private static void addPlatform(PolicyTimeline timeline, AuditRecord act) {
        timeline.add(act, object -> object.equals(PLATFORM_POLICY));
    }

    private static String digest(List<Framework> frameworks) {
        String digests = frameworks.stream()
                .map(framework -> framework.id() + " " + framework.digest() + "\n")
                .collect(Collectors.joining());
        return Sha256.hex(digests.getBytes(StandardCharsets.UTF_8));
    }
}
