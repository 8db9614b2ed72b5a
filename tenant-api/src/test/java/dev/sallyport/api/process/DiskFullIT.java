package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A volume that is really full, a small one of its own: it takes root to make one, elsewhere this is skipped. */
@Timeout(300)
final class DiskFullIT {
    private static final String SIZE = "320m";

    private static Path volume;
    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        volume = Files.createTempDirectory("small-volume");
        Program.End mounted = run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + SIZE, "tmpfs", volume.toString());
        if (mounted.code() != 0) {
            Files.delete(volume);
        }
        assumeThat(mounted.code()).as("a volume can be mounted here").isZero();
        demo = DemoProcess.start(volume.resolve("demo"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) {
            demo.close();
            assertThat(run("umount", volume.toString()).code()).isZero();
            Files.delete(volume);
        }
    }

    @Test
    void disk_full_failsClosed_andServesAgainOnceThereIsRoom() throws Exception {
        Set<String> answered = new HashSet<>();
        ask(answered, 20);

        Path ballast = volume.resolve("ballast");
        fill(ballast, 0.83);
        await("the alert at 80 %", () -> Files.readString(demo.log()).contains("% full: make room before"));
        fill(ballast, 0.93);
        await("the alert at 90 %", () -> Files.readString(demo.log()).contains("% full: make room now"));
        ask(answered, 20);

        HttpResponse<String> refused = exhaust(ballast, answered);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        await("not ready", () -> manage("/readyz") == 503);
        assertThat(manage("/livez")).isEqualTo(200);

        Files.delete(ballast);
        await("ready again", () -> manage("/readyz") == 200);
        ask(answered, 20);

        List<JsonObject> records = demo.records("acme-clinic");
        assertThat(records.stream().map(record -> record.getString("id")).toList())
                .doesNotHaveDuplicates()
                .containsAll(answered);
        assertThat(demo.records("platform"))
                .filteredOn(record -> record.getString("action").equals("volume.level"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /** Takes all room there is and asks until the first refusal: what was already set aside for the log is used up. */
    private static HttpResponse<String> exhaust(Path ballast, Set<String> answered) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end) {
            fill(ballast, 1);
            for (int i = 0; i < 200; i++) {
                HttpResponse<String> answer = infer();
                if (answer.statusCode() != 200) {
                    return answer;
                }
                answered.add(record(answer));
            }
        }
        throw new AssertionError("calls are answered though the volume is full");
    }

    private static void ask(Set<String> answered, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            HttpResponse<String> answer = infer();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            answered.add(record(answer));
        }
    }

    private static String record(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("parameters").getString("record");
    }

    /** Makes the ballast so large that the volume is filled to a share of its room; 1 is to the last byte. */
    private static void fill(Path ballast, double share) throws IOException {
        long room = Files.getFileStore(volume).getUsableSpace();
        long total = Files.getFileStore(volume).getTotalSpace();
        long wanted = share == 1 ? Long.MAX_VALUE : room - (long) (total * (1 - share));
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long written = 0; written < wanted; written += block.length) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(share).as(e.getMessage()).isEqualTo(1);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("%s within 60 s; the log:\n%s", what, Files.readString(demo.log()))
                    .isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static HttpResponse<String> infer() throws IOException, InterruptedException {
        return demo.post("/v2/models/simple/infer", demo.tenant("acme-clinic").key(), SimpleModel.REQUEST);
    }

    private static int manage(String path) throws IOException, InterruptedException {
        return demo.send(HttpRequest.newBuilder(URI.create(demo.management() + path))
                        .build())
                .statusCode();
    }

    private static Program.End run(String... words) throws IOException, InterruptedException {
        return Program.run(new ProcessBuilder(words));
    }
}
