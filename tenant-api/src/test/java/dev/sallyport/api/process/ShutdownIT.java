package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A server told to stop while calls wait for their record: it is not ready any more, they are answered and recorded,
 * and Postgres ends after that. The calls are held back by the fence's lock, so that they are under way for certain;
 * one more comes after the signal.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
final class ShutdownIT {
    private static final int CALLS = 8;

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
    void server_terminatedUnderCalls_answersThemAndPostgresEndsLast() throws Exception {
        List<String> answered = stopUnderCalls("TERM");
        demo.restart();
        assertRecorded(answered);
    }

    @Test
    @Order(2)
    void server_interruptedTwiceUnderCalls_answersThemAllTheSame() throws Exception {
        List<String> answered = stopUnderCalls("INT");
        demo.restart();
        assertRecorded(answered);
    }

    /** Returns the records of the calls that were answered. */
    private static List<String> stopUnderCalls(String signal) throws Exception {
        ProcessHandle postgres = demo.postgres();
        assertThat(infer().statusCode()).isEqualTo(200);
        double run = rowsRun();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection superuser = superuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(sallyport.fence_key())");
            List<Future<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(callers.submit(ShutdownIT::infer));
            }
            while (rowsRun() < run + CALLS) {
                Thread.onSpinWait();
            }
            signal(signal);
            awaitDraining();
            signal(signal);
            superuser.rollback();
            calls.add(callers.submit(ShutdownIT::infer));
            List<String> records = new ArrayList<>();
            for (Future<HttpResponse<String>> call : calls) {
                HttpResponse<String> answer = call.get();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                records.add(answer.headers().firstValue("Sallyport-Record").orElseThrow());
            }
            assertThat(demo.awaitEnd()).as("the exit code").isZero();
            assertThat(postgres.isAlive()).as("Postgres is gone").isFalse();
            assertThat(demo.data().resolve("postgres/cluster/postmaster.pid")).doesNotExist();
            assertThat(demo.readyFile()).doesNotExist();
            return records;
        }
    }

    private static void assertRecorded(List<String> answered) throws Exception {
        List<String> recorded = demo.records("acme-clinic").stream()
                .map(record -> record.getString("id"))
                .toList();
        assertThat(recorded).containsAll(answered).doesNotHaveDuplicates();
        assertThat(answered).hasSize(CALLS + 1).doesNotHaveDuplicates();
    }

    private static HttpResponse<String> infer() throws IOException, InterruptedException {
        HttpRequest request = demo.request(
                        "/v2/models/simple/infer", demo.tenant("acme-clinic").key())
                .POST(BodyPublishers.ofString(SimpleModel.REQUEST))
                .build();
        return demo.send(request);
    }

    private static void awaitDraining() throws Exception {
        URI ready = URI.create(demo.management() + "/readyz");
        String said;
        do {
            said = demo.send(HttpRequest.newBuilder(ready).build()).body().strip();
        } while (!said.equals("draining"));
    }

    /** The rows that the model has run on: what it has run on waits for its record. */
    private static double rowsRun() throws Exception {
        URI metrics = URI.create(demo.management() + "/metrics");
        String page = demo.send(HttpRequest.newBuilder(metrics).build()).body();
        return Pattern.compile("^sallyport_inference_count\\{.*simple.*} (.*)$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }

    private static Connection superuser() throws IOException, SQLException {
        Path data = demo.data();
        String port = Files.readString(data.resolve("postgres/port")).strip();
        String password = Files.readString(data.resolve("keys/database/postgres.password"))
                .strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/sallyport", "postgres", password);
    }

    private static void signal(String name) throws Exception {
        String pid = Long.toString(demo.server().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
