package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Postgres stopped, killed or stalled: no unprotected answer, 503 with Retry-After, service again without a restart. */
final class PostgresOutageIT {
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
    void postgres_stalled_failsClosedAndRecovers() throws Exception {
        long postmaster = demo.postgres().pid();
        signal("STOP", postmaster);
        ProcessHandle.of(postmaster).orElseThrow().children().forEach(child -> signal("STOP", child.pid()));
        try {
            HttpResponse<String> answer = infer();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).matches("\\{\"error\":\"[A-Z_]+: .*\"}");
            assertThat(manage("/livez")).as("live whatever Postgres does").isEqualTo(200);
            assertThat(manage("/readyz")).as("not ready while it cannot record").isEqualTo(503);
        } finally {
            ProcessHandle.of(postmaster).orElseThrow().children().forEach(child -> signal("CONT", child.pid()));
            signal("CONT", postmaster);
        }
        awaitService();
    }

    @Test
    void postgres_stopped_isStartedAgain() throws Exception {
        ProcessHandle before = demo.postgres();
        signal("INT", before.pid());
        before.onExit().join();
        awaitService();
        assertThat(demo.postgres().pid()).isNotEqualTo(before.pid());
    }

    @Test
    void postgres_killed_isStartedAgain() throws Exception {
        ProcessHandle before = demo.postgres();
        signal("KILL", before.pid());
        before.onExit().join();
        awaitService();
        assertThat(demo.postgres().pid()).isNotEqualTo(before.pid());
    }

    private static HttpResponse<String> infer() throws IOException, InterruptedException {
        return demo.post("/v2/models/simple/infer", demo.tenant("acme-clinic").key(), SimpleModel.REQUEST);
    }

    private static int manage(String path) throws IOException, InterruptedException {
        return demo.send(HttpRequest.newBuilder(URI.create(demo.management() + path))
                        .build())
                .statusCode();
    }

    private static void awaitService() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        HttpResponse<String> answer = infer();
        while (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(System.nanoTime()).as("service within 30 s").isLessThan(end);
            Thread.sleep(100);
            answer = infer();
        }
        assertThat(new JsonObject(answer.body()).getJsonObject("parameters").getString("record"))
                .isNotNull();
        while (manage("/readyz") != 200) {
            assertThat(System.nanoTime()).as("ready within 30 s").isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static void signal(String name, long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .waitFor();
            assertThat(status).as("kill -%s %d", name, pid).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
