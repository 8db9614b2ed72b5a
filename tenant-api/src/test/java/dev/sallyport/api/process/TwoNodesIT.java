package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.migrations.OwnPostgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two server processes on one PostgreSQL: one sets up the demo, the other serves beside it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
final class TwoNodesIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final List<String> ROLES =
            List.of("door", "app", "ledger_writer", "sequencer", "janitor", "auditor", "owner");
    private static final int CALLERS = 6;

    @TempDir
    static Path folder;

    private static OwnPostgres postgres;
    private static ServeProcess first;
    private static ServeProcess second;

    @BeforeAll
    static void start() throws Exception {
        postgres = OwnPostgres.start();
        try (Connection superuser = postgres.superuser("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE sallyport_owner LOGIN CREATEROLE PASSWORD 'owner-secret'");
            statement.execute("CREATE DATABASE sallyport OWNER sallyport_owner");
        }
        var passwords = new StringBuilder();
        for (String role : ROLES) {
            Path file = Files.writeString(folder.resolve(role), role + "-secret\n");
            if (!role.equals("owner")) {
                passwords.append(
                        "    %sFile: %s%n".formatted(role.equals("ledger_writer") ? "ledgerWriter" : role, file));
            }
        }
        Files.writeString(config(), """
                data: %s
                ledger: {lease: %s}
                database:
                  url: %s
                  passwords:
                %s""".formatted(
                        folder.resolve("data"), LEASE.toSeconds() + "s", postgres.jdbcUrl("sallyport"), passwords));
        var owner = Map.of(
                "SALLYPORT_DATABASE_OWNER_USER",
                "sallyport_owner",
                "SALLYPORT_DATABASE_OWNER_PASSWORD_FILE",
                folder.resolve("owner").toString());
        Program.End migrated = Program.run(owner, "migrate", "--config", config().toString());
        assertThat(migrated.code()).as(migrated.err()).isZero();
        Path one = Files.createDirectory(folder.resolve("one"));
        first = ServeProcess.start("demo", one, "--config", config().toString());
        second = startSecond();
    }

    private static Path config() {
        return folder.resolve("sallyport.yaml");
    }

    /** The same configuration but for the node's name. */
    private static ServeProcess startSecond() throws IOException, InterruptedException {
        Path two = Files.createDirectories(folder.resolve("two"));
        Path config =
                Files.writeString(folder.resolve("second.yaml"), Files.readString(config()) + "node: {name: node-2}\n");
        Files.deleteIfExists(two.resolve("ready.json"));
        return ServeProcess.start(two, "--config", config.toString());
    }

    @AfterAll
    static void stop() throws IOException {
        if (second != null) {
            second.close();
        }
        if (first != null) {
            first.close();
        }
        postgres.close();
    }

    private static String key() {
        return first.ready().getJsonArray("tenants").stream()
                .map(JsonObject.class::cast)
                .filter(tenant -> tenant.getString("id").equals("acme-clinic"))
                .map(tenant -> tenant.getString("key"))
                .findFirst()
                .orElseThrow();
    }

    private static String admin() {
        return first.ready().getJsonObject("admin").getString("key");
    }

    private static void publish(ServeProcess node, String budget) throws Exception {
        String policy = """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: acme-clinic/simple, layer: model, owner: privacy@acme-clinic.example}
                spec:
                  purposes: [{id: care-coordination, hipaa: treatment}]
                  input: {unknownFields: reject, allowed: [INPUT0, INPUT1]}
                  budgets: [%s]
                """.formatted(budget);
        HttpResponse<String> answer = node.send(
                "/admin/v1/tenants/acme-clinic/models/simple/policy",
                admin(),
                request -> request.header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(policy)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        // What is answered is of the new policy at once; a refusal that is only counted may be a second behind.
        Thread.sleep(1_500);
    }

    private static HttpResponse<String> infer(ServeProcess node, String subject)
            throws IOException, InterruptedException {
        return node.send("/v2/models/simple/infer", key(), request -> {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(SimpleModel.REQUEST));
            return subject.isEmpty() ? request : request.header("Sallyport-Subject", subject);
        });
    }

    /** Calls one node until it says ten times in a row that the budget is spent. */
    private static void drain(ServeProcess node, int people, AtomicInteger answered) {
        int refused = 0;
        for (int i = 0; refused < 10; i++) {
            try {
                HttpResponse<String> answer = infer(node, people == 0 ? "" : "person-" + i % people);
                refused = answer.statusCode() == 429 ? refused + 1 : 0;
                if (answer.statusCode() == 200) {
                    answered.incrementAndGet();
                    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
                } else if (answer.statusCode() == 429) {
                    assertThat(answer.body()).contains("BUDGET_EXHAUSTED");
                    assertThat(answer.headers().firstValue("RateLimit").orElse(""))
                            .contains(";r=0;t=");
                } else {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void drainBoth(int people, AtomicInteger answered) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                ServeProcess node = i % 2 == 0 ? first : second;
                all.add(callers.submit(() -> drain(node, people, answered)));
            }
            for (var caller : all) {
                caller.get();
            }
        }
    }

    /** What was charged of the budgets whose identity has this in it. */
    private static long used(String part) throws SQLException {
        try (Connection superuser = postgres.superuser("sallyport");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(used), 0) FROM sallyport.budget_shares WHERE budget LIKE '%" + part
                                + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: k, scope: [key, model], limit: 60, window: P1M}                         | 0 | 60   | key=% model=simple window=P1M %",
                "{id: s, scope: [model, subject], limit: 7, window: P30D, kind: sliding}      | 3 | 21   | model=simple subject=% window=P30D %",
                "{id: p, scope: [key, subject], limit: 8, window: P1Y}                        | 2 | 16   | key=% subject=% window=P1Y %",
                "{id: m, scope: [model], limit: 1100, window: P6D, kind: sliding}             | 0 | 1100 | model=simple window=P6D %",
                "{id: t, scope: [tenant, model], limit: 1300, window: P1Y}                    | 0 | 1300 | model=simple window=P1Y %",
            })
    void budget_underCallersOfTwoNodes_isReachedAndNeverPassed(String budget, int people, long limit, String identity)
            throws Exception {
        publish(second, budget);
        var answered = new AtomicInteger();
        drainBoth(people, answered);
        assertThat(used(identity)).as("never past the limit").isLessThanOrEqualTo(limit);
        // What one node held in a block and did not use is there for the other a moment later.
        Thread.sleep(1_500);
        drain(first, people, answered);
        drain(second, people, answered);
        assertThat(used(identity)).isEqualTo(limit);
        assertThat(answered).hasValue((int) limit);
    }

    @Test
    @Order(2)
    void call_underABudgetOfPeople_withoutOne_isDenied() throws Exception {
        publish(first, "{id: p, scope: [subject], limit: 8, window: P1D}");
        HttpResponse<String> denied = infer(second, "");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("SUBJECT_MISSING").doesNotContain("person-");
        assertThat(infer(second, "person-1").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void key_issuedAndRevokedThroughOneNode_isSoOnTheOther() throws Exception {
        publish(first, "{id: free, scope: [key], limit: 1000000, window: P1D}");
        JsonObject issued = new JsonObject(first.post(
                        "/admin/v1/tenants/acme-clinic/keys",
                        admin(),
                        new JsonObject()
                                .put("name", "new")
                                .put("role", "caller")
                                .put("purpose", "care-coordination"))
                .body());
        HttpResponse<String> answer = second.send(
                "/v2/models/simple/infer",
                issued.getString("key"),
                request -> request.POST(BodyPublishers.ofString(SimpleModel.REQUEST)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        HttpResponse<String> revoked = first.send(
                "/admin/v1/tenants/acme-clinic/keys/" + issued.getString("id"), admin(), request -> request.DELETE());
        assertThat(revoked.statusCode()).isLessThan(300);
        HttpResponse<String> refused = second.send(
                "/v2/models/simple/infer",
                issued.getString("key"),
                request -> request.POST(BodyPublishers.ofString(SimpleModel.REQUEST)));
        assertThat(refused.statusCode()).as("nothing was cached that decides").isEqualTo(401);
    }

    @Test
    @Order(4)
    void node_stoppedForLongerThanTheLease_chargesNothingLateAndServesOn() throws Exception {
        publish(first, "{id: z, scope: [model], limit: 1500, window: PT12H, kind: sliding}");
        assertThat(infer(second, "").statusCode()).as("it holds a block").isEqualTo(200);
        var over = new AtomicBoolean();
        var unexpected = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    while (!over.get()) {
                        try {
                            int status = infer(second, "").statusCode();
                            unexpected.addAndGet(status == 200 || status == 429 || status == 503 ? 0 : 1);
                        } catch (IOException | InterruptedException lost) {
                            return;
                        }
                    }
                });
            }
            Thread.sleep(100);
            signal("STOP", second);
            Thread.sleep(LEASE.multipliedBy(2).toMillis());
            drain(first, 0, new AtomicInteger());
            assertThat(used("model=simple window=PT12H %"))
                    .as("all that was left, the stopped node's block too")
                    .isEqualTo(1_500);
            signal("CONT", second);
            Thread.sleep(1_000);
            over.set(true);
        }
        assertThat(unexpected).hasValue(0);
        assertThat(used("model=simple window=PT12H %")).isEqualTo(1_500);
        publish(first, "{id: free, scope: [key], limit: 1000000, window: P1D}");
        awaitAnswer(second);
        assertThat(second.manage("/readyz").strip()).isEqualTo("ready");
    }

    @Test
    @Order(5)
    void node_killed_leavesWhatItHeldToTheOtherWithinTheLease() throws Exception {
        publish(first, "{id: y, scope: [model], limit: 1400, window: PT18H, kind: sliding}");
        for (int i = 0; i < 5; i++) {
            assertThat(infer(second, "").statusCode()).isEqualTo(200);
        }
        assertThat(second.handle().destroyForcibly()).isTrue();
        second.handle().onExit().get();
        drain(first, 0, new AtomicInteger());
        Thread.sleep(LEASE.plusSeconds(1).toMillis());
        drain(first, 0, new AtomicInteger());
        assertThat(used("model=simple window=PT18H %")).isEqualTo(1_400);
        publish(first, "{id: free, scope: [key], limit: 1000000, window: P1D}");
        second = startSecond();
        awaitAnswer(second);
    }

    private static void awaitAnswer(ServeProcess node) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        HttpResponse<String> answer = infer(node, "");
        while (answer.statusCode() != 200) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            Thread.sleep(100);
            answer = infer(node, "");
        }
    }

    private static void signal(String signal, ServeProcess node) throws Exception {
        assertThat(Program.run(new ProcessBuilder(
                                "kill",
                                "-" + signal,
                                Long.toString(node.handle().pid())))
                        .code())
                .isZero();
    }
}
