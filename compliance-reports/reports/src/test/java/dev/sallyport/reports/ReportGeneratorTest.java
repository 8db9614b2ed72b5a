package dev.sallyport.reports;

import static dev.sallyport.reports.RecordedLedger.ACME;
import static dev.sallyport.reports.RecordedLedger.DOCUMENT;
import static dev.sallyport.reports.RecordedLedger.EFFECTIVE;
import static dev.sallyport.reports.RecordedLedger.FROM;
import static dev.sallyport.reports.RecordedLedger.TO;
import static dev.sallyport.reports.RecordedLedger.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.format.Act;
import dev.sallyport.format.Facts;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RetentionClass;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportGeneratorTest {
    private final RecordedLedger ledger = new RecordedLedger();

    @Test
    void emptyLedger_testsNothingAndClaimsNothing() {
        Report report = generate();
        assertThat(report.summary().tested()).isZero();
        assertThat(report.summary().passed()).isZero();
        assertThat(report.controls())
                .extracting(ControlResult::outcome)
                .doesNotContain(Outcome.SATISFIED, Outcome.NOT_SATISFIED);
        assertThat(result(report, "GDPR-5.1.b").reason()).contains("no record");
        // Without any decision it cannot be said that none rests on consent.
        assertThat(result(report, "GDPR-7").outcome()).isEqualTo(Outcome.NOT_TESTED);
    }

    @Test
    void decisions_areCountedByEffectRulePurposeControlAndCode() {
        ledger.writeTimes(3, "care-coordination");
        ledger.write(ledger.deny("FIELD_FORBIDDEN", "care-coordination"));
        ledger.write(ledger.deny("FIELD_FORBIDDEN", null).count(5));
        Report report = generate();
        Decisions decisions = report.decisions();
        assertThat(decisions.byEffect().rows())
                .extracting(Usage::key, Usage::total)
                .containsExactly(tuple("deny", 6L), tuple("permit", 3L));
        assertThat(decisions.byPurpose().rows())
                .extracting(Usage::key, Usage::effects)
                .containsExactly(
                        tuple("", new TreeMap<>(Map.of("deny", 5L))),
                        tuple("care-coordination", new TreeMap<>(Map.of("deny", 1L, "permit", 3L))));
        assertThat(decisions.byRule().rows())
                .extracting(Usage::key, Usage::total)
                .containsExactly(
                        tuple(new RuleKey("input.forbidden", "tenant", "acme-clinic/policy", DOCUMENT, 12), 6L));
        assertThat(decisions.byControl().rows())
                .extracting(Usage::key, Usage::total)
                .containsExactly(tuple("GDPR-5.1.b", 9L), tuple("GDPR-5.1.c", 6L), tuple("HIPAA-164.312.b", 9L));
        assertThat(decisions.byCode().rows()).extracting(Usage::key).containsExactly("FIELD_FORBIDDEN");
        assertThat(report.totals()).isEqualTo(new Totals(5, 9, 0, 0, 12, 0));
        assertThat(report.scope().policies().rows()).extracting(Usage::key).containsExactly(EFFECTIVE);
        assertThat(report.scope().models().rows())
                .extracting(usage -> usage.key().name())
                .containsExactly("readmission-risk");
    }

    @Test
    void usage_tellsWhenItWasFirstAndLastSeen() {
        ledger.writeTimes(3, "care-coordination");
        Usage<String> purpose = generate().decisions().byPurpose().rows().getFirst();
        assertThat(purpose.first()).isEqualTo(FROM.plus(Duration.ofMinutes(1)));
        assertThat(purpose.last()).isEqualTo(FROM.plus(Duration.ofMinutes(3)));
    }

    @Test
    void control_withoutException_isSatisfiedForAStatedPopulation() {
        ledger.writeTimes(7, "care-coordination");
        ControlResult result = result(generate(), "GDPR-5.1.b");
        assertThat(result.outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(result.population()).isEqualTo(7);
        assertThat(result.exceptions()).isZero();
        assertThat(result.counts().getFirst().groups()).containsExactly(entry("care-coordination", 7L));
    }

    @Test
    void control_withExceptions_isNotSatisfiedAndNamesTheFirstRecords() {
        ledger.writeTimes(2, "care-coordination");
        for (int i = 0; i < 12; i++) {
            ledger.write(ledger.permit("care-coordination").facts(Facts.NONE));
        }
        ControlResult result = result(generate(), "GDPR-5.1.b");
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_SATISFIED);
        assertThat(result.population()).isEqualTo(14);
        assertThat(result.exceptions()).isEqualTo(12);
        assertThat(result.exceptionRecords()).hasSize(10).isSorted();
    }

    @Test
    void minimisation_findingThatReachedTheModel_isAnException() {
        ledger.write(ledger.redacted("redact"));
        assertThat(result(generate(), "GDPR-5.1.c").outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(result(generate(), "HIPAA-164.514.b").outcome()).isEqualTo(Outcome.SATISFIED);
        ledger.write(ledger.redacted("pass"));
        assertThat(result(generate(), "GDPR-5.1.c").outcome()).isEqualTo(Outcome.NOT_SATISFIED);
        assertThat(result(generate(), "HIPAA-164.514.b").outcome()).isEqualTo(Outcome.NOT_SATISFIED);
    }

    @Test
    void consent_whereNoDecisionRestsOnIt_isNotApplicable() {
        ledger.writeTimes(1, "care-coordination");
        ControlResult result = result(generate(), "GDPR-7");
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(result.reason()).contains("consent");
        ledger.write(ledger.permit("research")
                .facts(Facts.builder()
                        .purpose("research")
                        .lawfulBasis("consent")
                        .build()));
        assertThat(result(generate(), "GDPR-7").outcome()).isEqualTo(Outcome.NOT_SATISFIED);
    }

    @Test
    void retention_shorterThanSixYears_isAnException() {
        ledger.writeTimes(1, "care-coordination");
        assertThat(result(generate(), "HIPAA-164.316.b.2.i").outcome()).isEqualTo(Outcome.SATISFIED);
        ledger.write(ledger.permit("care-coordination").retention(RetentionClass.STANDARD));
        assertThat(result(generate(), "HIPAA-164.316.b.2.i").exceptions()).isEqualTo(1);
    }

    @Test
    void acts_ofACaller_areExceptionsUnlessRefused() {
        ledger.write(ledger.act(ACME, "key.issue", "tenants/acme-clinic/keys/k", null, "k"));
        assertThat(result(generate(), "HIPAA-164.308.a.3").outcome()).isEqualTo(Outcome.SATISFIED);
        ledger.write(refusedAct());
        assertThat(result(generate(), "HIPAA-164.308.a.3").outcome()).isEqualTo(Outcome.SATISFIED);
        ledger.write(refusedAct().code(null));
        assertThat(result(generate(), "HIPAA-164.308.a.3").outcome()).isEqualTo(Outcome.NOT_SATISFIED);
    }

    @Test
    void unreadableRecord_takesEveryPassAwayAndNoFailure() {
        ledger.writeTimes(2, "care-coordination");
        ledger.write(ledger.permit("care-coordination").policy(null));
        ledger.spoil();
        Report report = generate();
        assertThat(report.totals().unreadable()).isEqualTo(1);
        assertThat(report.summary().passed()).isZero();
        assertThat(result(report, "GDPR-5.2").outcome()).isEqualTo(Outcome.NOT_SATISFIED);
        assertThat(result(report, "GDPR-7").outcome()).isEqualTo(Outcome.NOT_TESTED);
    }

    @Test
    void period_includesItsBeginningAndExcludesItsEnd() {
        ledger.at(FROM.minus(Duration.ofMinutes(2)));
        ledger.writeTimes(2, "care-coordination");
        ledger.at(TO.minus(Duration.ofMinutes(1)));
        ledger.writeTimes(1, "care-coordination");
        assertThat(generate().totals().decisions()).isEqualTo(1);
    }

    @Test
    void policies_inForceAtAnyTimeOfThePeriod_haveTheirDates() {
        RecordedLedger earlier = new RecordedLedger(Instant.parse("2026-09-01T00:00:00Z"));
        String tenant = "tenants/acme-clinic/policy";
        String model = "tenants/acme-clinic/models/digits/policy";
        earlier.write(earlier.act(ACME, "policy.publish", tenant, null, digest(1)));
        earlier.write(earlier.act(ACME, "policy.publish", tenant, digest(1), digest(2)));
        earlier.write(earlier.act(TenantId.PLATFORM, "policy.publish", "tenants/platform/policy", null, digest(3)));
        earlier.write(
                earlier.act(TenantId.PLATFORM, "policy.publish", "tenants/platform/models/m/policy", null, digest(9)));
        earlier.write(
                earlier.act(ACME, "policy.publish", model, null, digest(4)).code("FORBIDDEN"));
        earlier.at(FROM);
        earlier.write(earlier.act(ACME, "policy.publish", tenant, digest(2), digest(5)));
        earlier.write(earlier.act(ACME, "policy.publish", model, null, digest(6)));
        earlier.write(earlier.act(ACME, "policy.withdraw", model, digest(6), null));
        earlier.at(TO);
        earlier.write(earlier.act(ACME, "policy.publish", tenant, digest(5), digest(7)));

        assertThat(ReportGenerator.generate(request("gdpr"), earlier).policies())
                .extracting(PolicyInForce::object, PolicyInForce::digest, PolicyInForce::until)
                .containsExactly(
                        tuple(model, digest(6), FROM.plus(Duration.ofMinutes(3))),
                        tuple(tenant, digest(2), FROM.plus(Duration.ofMinutes(1))),
                        tuple(tenant, digest(5), null),
                        tuple("tenants/platform/policy", digest(3), null));
    }

    @Test
    void tables_areBoundedWhateverCallersDeclare() {
        for (int i = 0; i < UsageTally.MOST_KEYS + 50; i++) {
            ledger.write(ledger.permit("purpose-" + i));
        }
        Usages<String> purposes = generate().decisions().byPurpose();
        assertThat(purposes.rows()).hasSize(UsageTally.MOST_KEYS);
        assertThat(purposes.others()).isEqualTo(50);
    }

    @Test
    void request_outOfBounds_isRefused() {
        assertThatThrownBy(() -> ReportRequest.of(ACME, List.of(), FROM, TO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReportRequest.of(ACME, List.of("sox"), FROM, TO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReportRequest.of(ACME, List.of("gdpr"), TO, TO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReportRequest.of(ACME, List.of("hipaa", "gdpr", "hipaa"), FROM, TO)
                        .frameworks())
                .containsExactly("gdpr", "hipaa");
    }

    private RecordBuilder refusedAct() {
        return ledger.actAs("caller", ACME, "key.issue", Act.on("tenants/acme-clinic/keys"))
                .code("FORBIDDEN");
    }

    private Report generate() {
        return ReportGenerator.generate(request("hipaa", "gdpr"), ledger);
    }

    private static ControlResult result(Report report, String id) {
        return report.controls().stream()
                .filter(result -> result.control().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String digest(int n) {
        return Integer.toHexString(n).repeat(64);
    }
}
