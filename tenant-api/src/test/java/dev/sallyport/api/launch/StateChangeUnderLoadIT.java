package dev.sallyport.api.launch;

import static dev.sallyport.api.launch.Interface.checkStatus;
import static dev.sallyport.api.launch.Interface.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.policy.TenantId;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A change of mind is final when it is acknowledged: whatever callers do meanwhile, no permit of the old state has a
 * transaction id later than the act's, and none is answered after it.
 */
@ExtendWith(RunningServices.Shared.class)
@Timeout(120)
final class StateChangeUnderLoadIT {
    private static final int CALLERS = 12;
    private static final int ENOUGH = 40;

    private final RunningServices running;
    private final Interface calls;
    private final TenantId tenant;
    private final String admin;
    private final String platform;
    private final String path;

    StateChangeUnderLoadIT(RunningServices running) {
        this.running = running;
        calls = running.calls();
        tenant = running.tenant("change-of-mind");
        admin = running.key(tenant, Role.TENANT_ADMIN);
        platform = running.key(TenantId.PLATFORM, Role.PLATFORM_ADMIN);
        path = "/admin/v1/tenants/" + tenant;
    }

    /** A record and the transaction that wrote it. */
    private record Written(AuditRecord record, long xid) {}

    /** Callers that ask again and again, and count the answers they get. */
    private final class Load implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final LongAdder answered = new LongAdder();
        private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        private final List<CompletableFuture<Void>> callers = new ArrayList<>();

        Load(String key) {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(CompletableFuture.runAsync(() -> ask(key), threads));
            }
        }

        private void ask(String key) {
            while (!over.get()) {
                if (calls.infer(key).statusCode() == 200) {
                    answered.increment();
                }
            }
        }

        /** Waits until more calls than before are answered. */
        void answeredSome() throws InterruptedException {
            long enough = answered.sum() + ENOUGH;
            while (answered.sum() < enough) {
                Thread.sleep(5);
            }
        }

        @Override
        public void close() {
            over.set(true);
            threads.shutdown();
            callers.forEach(CompletableFuture::join);
        }
    }

    private KeyIssue.Issued caller() {
        return running.issue(tenant, new KeyRequest("sums", Role.CALLER, List.of(), "sums", null));
    }

    private void publish(String source) {
        checkStatus(calls.put(path + "/policy", admin, source), 200);
    }

    private List<Written> written() throws Exception {
        List<Written> all = new ArrayList<>();
        try (Connection superuser = running.database().superuser();
                PreparedStatement query = superuser.prepareStatement(
                        "SELECT record, xid::text::bigint FROM records WHERE tenant = ? ORDER BY xid, id")) {
            query.setString(1, tenant.value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    all.add(new Written(AuditRecord.parse(row.getBytes(1)), row.getLong(2)));
                }
            }
        }
        return all;
    }

    /** Checks that permits of the old state are older than the act, and that there were some to be older. */
    private void checkNoneAfter(String act, Predicate<AuditRecord> ofOldState) throws Exception {
        List<Written> all = written();
        long changed = all.stream()
                .filter(each -> each.record().action().equals(act))
                .mapToLong(Written::xid)
                .max()
                .orElseThrow();
        List<Written> permits = all.stream()
                .filter(each -> each.record().effect() == Effect.PERMIT && ofOldState.test(each.record()))
                .toList();
        assertThat(permits).filteredOn(permit -> permit.xid() < changed).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(permits).filteredOn(permit -> permit.xid() >= changed).isEmpty();
    }

    @Test
    void key_revokedUnderLoad_permitsNothingLater() throws Exception {
        publish(Documents.tenant("sums"));
        KeyIssue.Issued revoked = caller();
        try (Load load = new Load(revoked.key());
                Load others = new Load(caller().key())) {
            load.answeredSome();
            checkStatus(calls.delete(path + "/keys/" + revoked.id(), admin), 204);
            assertThat(calls.infer(revoked.key()).statusCode()).isEqualTo(401);
            others.answeredSome();
        }
        checkNoneAfter("key.revoke", record -> record.principal().id().equals(revoked.id()));
    }

    @Test
    void policy_publishedUnderLoad_permitsNothingLaterUnderTheOldOne() throws Exception {
        String before = Documents.tenant("sums");
        publish(before);
        String digest;
        try (Load load = new Load(caller().key())) {
            load.answeredSome();
            digest = policyOfTheLastPermit();
            publish(before.replace("- {id: sums}", "- {id: sums}\n    - {id: more-sums}"));
            load.answeredSome();
            publish(before.replace("- {id: sums}", "- {id: other}"));
            HttpResponse<String> refused = checkStatus(calls.infer(caller().key()), 403);
            assertThat(refused.body()).contains("PURPOSE_NOT_ALLOWED");
        }
        checkNoneAfter("policy.publish", record -> true);
        long second = written().stream()
                .filter(each -> each.record().action().equals("policy.publish"))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .xid();
        assertThat(written())
                .filteredOn(each -> digest.equals(each.record().policy()))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.xid()).isLessThan(second));
    }

    private String policyOfTheLastPermit() throws Exception {
        return Objects.requireNonNull(written().stream()
                .map(Written::record)
                .filter(record -> record.effect() == Effect.PERMIT)
                .reduce((first, next) -> next)
                .orElseThrow()
                .policy());
    }

    @Test
    void tenant_suspendedUnderLoad_permitsNothingLater_untilItIsResumed() throws Exception {
        publish(Documents.tenant("sums"));
        String key = caller().key();
        try (Load load = new Load(key)) {
            load.answeredSome();
            assertThat(json(checkStatus(calls.post(path + "/suspend", platform, ""), 200))
                            .getBoolean("suspended"))
                    .isTrue();
            assertThat(checkStatus(calls.infer(key), 403).body()).contains("TENANT_SUSPENDED");
            checkNoneAfter("tenant.suspend", record -> true);
            checkStatus(calls.post(path + "/resume", platform, ""), 200);
            load.answeredSome();
        }
    }
}
