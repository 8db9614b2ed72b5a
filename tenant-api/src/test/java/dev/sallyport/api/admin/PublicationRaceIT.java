package dev.sallyport.api.admin;

import static dev.sallyport.api.admin.Publishing.ACME;
import static dev.sallyport.api.admin.Publishing.ASKING;
import static dev.sallyport.api.admin.Publishing.MODEL;
import static dev.sallyport.api.admin.Publishing.PLATFORM;
import static dev.sallyport.api.admin.Publishing.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.policy.Combination;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two changes that fit each by itself and contradict each other, one is refused, however close they come. */
final class PublicationRaceIT {
    private static final int ROUNDS = 60;
    private static final String REQUIRING = "input: {required: [age]}";
    private static final String ALLOWING = "input: {allowed: [height]}";
    private static final String NEUTRAL = "mode: enforce";

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CyclicBarrier together = new CyclicBarrier(2);
    private Publishing publishing;

    @BeforeEach
    void open(@TempDir Path keys) {
        publishing = new Publishing(keys);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        publishing.close();
    }

    private <T> Future<T> start(Callable<T> change) {
        return threads.submit(() -> {
            together.await();
            return change.call();
        });
    }

    @Test
    void platformAndTenant_contradicting_oneIsRefused() throws Exception {
        race(PLATFORM, ALLOWING, TENANT, REQUIRING);
    }

    @Test
    void platformAndModel_contradicting_oneIsRefused() throws Exception {
        race(PLATFORM, REQUIRING, MODEL, ALLOWING);
    }

    @Test
    void tenantAndModel_contradicting_oneIsRefused() throws Exception {
        race(TENANT, REQUIRING, MODEL, ALLOWING);
    }

    private void race(PolicyPlace one, String oneSpec, PolicyPlace other, String otherSpec) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Future<Publication> first = start(() -> publishing.publish(one, oneSpec));
            Future<Publication> second = start(() -> publishing.publish(other, otherSpec));
            List<Publication> both = List.of(first.get(), second.get());

            assertThat(both).filteredOn(Publication.Published.class::isInstance).hasSize(1);
            List<PolicyProblem> problems = both.stream()
                    .filter(Publication.Rejected.class::isInstance)
                    .flatMap(refused -> ((Publication.Rejected) refused).problems().stream())
                    .toList();
            assertThat(problems).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message()).contains("required here and not allowed there");
                for (PolicyPlace place : List.of(one, other)) {
                    String layer = place.layer().id();
                    assertThat(problem.message()).contains(layer + "/test:5 (" + layer + ")");
                }
            });
            assertThat(publishing.inForce(ACME)).isInstanceOf(Combination.Effective.class);
            assertThat(publishing.publish(one, NEUTRAL)).isInstanceOf(Publication.Published.class);
            assertThat(publishing.publish(other, NEUTRAL)).isInstanceOf(Publication.Published.class);
        }
    }

    @Test
    void platformAndNewTenantsPack_contradicting_oneIsRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TenantId tenant = new TenantId("t" + round);
            Future<Publication> platform = start(() -> publishing.publish(PLATFORM, ALLOWING));
            Future<TenantCreation> creation = start(() -> publishing.create(tenant, List.of(ASKING)));

            boolean published = platform.get() instanceof Publication.Published;
            switch (creation.get()) {
                case TenantCreation.Created created -> {
                    assertThat(published).isFalse();
                    publishing.tenants.delete(tenant, Publishing.ACTOR);
                }
                case TenantCreation.Invalid(String field, String sentence) -> {
                    assertThat(published).isTrue();
                    assertThat(field).isEqualTo("packs");
                    assertThat(sentence).contains("platform/test:5 (platform)", "pack/asking:5 (pack)");
                }
                case TenantCreation.Taken taken -> throw new AssertionError(taken.toString());
                case TenantCreation.Contended contended -> throw new AssertionError(contended.toString());
            }
            assertThat(publishing.inForce(tenant)).isInstanceOf(Combination.Effective.class);
            assertThat(publishing.publish(PLATFORM, NEUTRAL)).isInstanceOf(Publication.Published.class);
        }
    }
}
