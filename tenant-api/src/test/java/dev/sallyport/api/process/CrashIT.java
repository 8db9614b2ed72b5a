package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * kill -9 in the middle of calls: afterwards every answer that was received has its record, no record stands
 * twice, and what the budget says was used is what the records charged.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CrashIT {
    private static final int CALLERS = 12;
    private static final int ANSWERS_BEFORE_THE_KILL = 200;

    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    @Order(1)
    void server_killedUnderLoad_answersHaveRecordsAndChargesAreRight() throws Exception {
        Set<String> answered = killUnderLoad(demo.server());
        demo.awaitEnd();
        demo.restart();
        checkBooks(answered);
    }

    @Test
    @Order(2)
    void postgres_killedUnderLoad_servesAgainWithoutRestartAndBooksAreRight() throws Exception {
        Set<String> answered = killUnderLoad(demo.postgres());
        awaitAnswer();
        assertThat(demo.server().isAlive()).as("the same server").isTrue();
        checkBooks(answered);
    }

    @Test
    @Order(3)
    void both_killedUnderLoad_answersHaveRecordsAndChargesAreRight() throws Exception {
        Set<String> answered = killUnderLoad(demo.postgres(), demo.server());
        demo.awaitEnd();
        demo.restart();
        checkBooks(answered);
    }

    /** @return the record ids of all answers that callers received */
    private static Set<String> killUnderLoad(ProcessHandle... targets) throws Exception {
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> call(answered, stop));
            }
            try {
                awaitLoad(answered);
                for (ProcessHandle target : targets) {
                    assertThat(target.destroyForcibly()).as("kill -9 sent").isTrue();
                }
                Thread.sleep(300);
            } finally {
                stop.set(true);
            }
        }
        return new HashSet<>(answered);
    }

    private static void awaitLoad(Queue<String> answered) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (answered.size() < ANSWERS_BEFORE_THE_KILL) {
            assertThat(System.nanoTime())
                    .as("%d answers within a minute", ANSWERS_BEFORE_THE_KILL)
                    .isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static void call(Queue<String> answered, AtomicBoolean stop) {
        String key = demo.tenant("acme-clinic").key();
        while (!stop.get()) {
            try {
                HttpResponse<String> answer = demo.post("/v2/models/simple/infer", key, SimpleModel.REQUEST);
                if (answer.statusCode() == 200) {
                    answered.add(new JsonObject(answer.body())
                            .getJsonObject("parameters")
                            .getString("record"));
                }
            } catch (IOException e) {
                // What a kill is for: the connection is gone and nothing was answered.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void awaitAnswer() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        HttpResponse<String> answer;
        do {
            assertThat(System.nanoTime()).as("service comes back within 30 s").isLessThan(end);
            answer = demo.post(
                    "/v2/models/simple/infer", demo.tenant("acme-clinic").key(), SimpleModel.REQUEST);
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                Thread.sleep(100);
            }
        } while (answer.statusCode() == 503);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static void checkBooks(Set<String> answered) throws Exception {
        List<JsonObject> records = demo.records("acme-clinic");
        List<String> ids =
                records.stream().map(record -> record.getString("id")).toList();
        assertThat(ids).as("no record twice").doesNotHaveDuplicates();
        assertThat(new HashSet<>(ids)).as("every answer has its record").containsAll(answered);

        JsonObject me = new JsonObject(
                demo.get("/me/v1", demo.tenant("acme-clinic").key()).body());
        long charged = records.stream()
                .filter(record -> "permit".equals(record.getString("effect")))
                .filter(record -> me.getString("key")
                        .equals(record.getJsonObject("principal").getString("id")))
                .mapToLong(CrashIT::rowsCharged)
                .sum();
        assertThat(used(me)).as("used = sum of the records' charges").isEqualTo(charged);
    }

    private static long rowsCharged(JsonObject record) {
        JsonArray charges = record.getJsonArray("charges");
        Set<Long> rows = charges.stream()
                .map(charge -> ((JsonObject) charge).getLong("rows"))
                .collect(Collectors.toSet());
        assertThat(rows).as("one number of rows in all charges of a record").hasSize(1);
        return rows.iterator().next();
    }

    private static long used(JsonObject me) {
        return me.getJsonArray("models").stream()
                .map(JsonObject.class::cast)
                .filter(model -> "simple".equals(model.getString("name")))
                .flatMap(model -> model.getJsonArray("budgets").stream())
                .map(JsonObject.class::cast)
                .mapToLong(budget -> budget.getLong("limit") - budget.getLong("remaining"))
                .findFirst()
                .orElseThrow();
    }
}
