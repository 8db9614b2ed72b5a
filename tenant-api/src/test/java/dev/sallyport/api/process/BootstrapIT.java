package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The first key, with the embedded Postgres: beside a server that runs, and while none does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BootstrapIT {
    @TempDir
    static Path folder;

    @Test
    @Order(1)
    void bootstrap_besideARunningServer_printsAKeyThatWorksAndTheServerRecordsOn() throws Exception {
        String data = folder.resolve("beside").toString();
        try (ServeProcess server = ServeProcess.start(folder, "--data", data)) {
            Program.End first = Program.run("admin", "bootstrap", "--data", data);
            String key = Bootstraps.onlyKey(List.of(first));

            Program.End second = Program.run("admin", "bootstrap", "--data", data);
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.out()).isEmpty();
            assertThat(second.err()).isEqualTo("there is a platform-admin key already: use it to issue others\n");

            assertThat(server.get("/v2/models/none", "sp_unknown").statusCode()).isEqualTo(401);
            JsonObject act = issue(server, key);
            assertThat(act.getJsonObject("principal"))
                    .isEqualTo(new JsonObject().put("type", "system").put("id", "bootstrap"));
            assertThat(act.getInteger("generation")).isZero();
            assertThat(act.getJsonObject("act").getString("after")).matches("key-[0-9a-f]{16}");
            assertThat(act.encode()).doesNotContain(key);
            assertThat(server.manage("/metrics")).contains("sallyport_ledger_retired 0.0");
            assertThat(server.manage("/readyz").strip()).isEqualTo("ready");
        }
    }

    @Test
    @Order(2)
    void bootstraps_atOnceWhileNoServerRuns_oneKeyThatTheServerKnowsLater() throws Exception {
        String data = folder.resolve("before").toString();
        List<Program.End> ends = Bootstraps.atOnce(3, "--data", data);
        String key = Bootstraps.onlyKey(ends);
        assertThat(ends).filteredOn(end -> end.code() != 0).allSatisfy(end -> {
            assertThat(end.code()).isIn(1, 3);
            assertThat(end.err())
                    .containsPattern("there is a platform-admin key already|is starting or stopping: try again|"
                            + "not fit to be served from|could not be issued");
        });
        assertThat(Program.run("admin", "bootstrap", "--data", data).code()).isEqualTo(1);
        try (ServeProcess server = ServeProcess.start(folder, "--data", data)) {
            assertThat(server.get("/me/v1", key).statusCode()).isEqualTo(200);
        }
    }

    /** The act of the first key's issue, read with an auditor's key. */
    private static JsonObject issue(ServeProcess server, String key) throws Exception {
        JsonObject wanted = new JsonObject().put("name", "audit").put("role", "auditor");
        var issued = server.post("/admin/v1/tenants/platform/keys", key, wanted);
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        String auditor = new JsonObject(issued.body()).getString("key");
        var page = server.get("/audit/v1/records?tenant=platform", auditor);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return new JsonObject(page.body())
                .getJsonArray("records").stream()
                        .map(JsonObject.class::cast)
                        .filter(record -> "key.issue".equals(record.getString("action")))
                        .findFirst()
                        .orElseThrow();
    }
}
