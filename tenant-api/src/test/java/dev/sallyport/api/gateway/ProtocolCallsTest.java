package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's other calls, its two bodies, and what HTTP itself brings. */
final class ProtocolCallsTest {
    private static final String INFER = "/v2/models/risk/infer";

    private static GatewayFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new GatewayFixture();
        fixture.policy(GatewayFixture.ACME, """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: tenant/acme, layer: tenant, owner: o@acme.example}
                spec:
                  purposes:
                    - {id: care}
                  input:
                    allowed: [age, days, note, %s]
                """.formatted(simpleFields()));
    }

    private static String simpleFields() {
        StringBuilder names = new StringBuilder();
        AcmeModels.SIMPLE
                .fields()
                .forEach(f -> names.append(names.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(f.name())
                        .append('"'));
        return names.toString();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static JsonObject ok(String path) throws Exception {
        HttpResponse<String> response = fixture.get(path, KEY);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return new JsonObject(response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/t/acme"})
    void getCalls_withAndWithoutPrefixAndVersion_areAnswered(String prefix) throws Exception {
        assertThat(ok(prefix + "/v2").getString("name")).isEqualTo("sallyport");
        assertThat(ok(prefix + "/v2/").getJsonArray("extensions")).contains("binary_tensor_data");
        for (String model : new String[] {"/v2/models/risk", "/v2/models/risk/versions/2"}) {
            JsonObject metadata = ok(prefix + model);
            assertThat(metadata.getString("name")).isEqualTo("risk");
            assertThat(metadata.getJsonArray("versions")).containsExactly("2");
            assertThat(metadata.getJsonArray("inputs").getJsonObject(0))
                    .isEqualTo(new JsonObject("{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[-1,2]}"));
            assertThat(metadata.getJsonObject("properties").getString("fields")).isEqualTo("age,days,note");
            assertThat(ok(prefix + model + "/ready").getBoolean("ready")).isTrue();
            assertThat(ok(prefix + model + "/config").getInteger("max_batch_size"))
                    .isEqualTo(32);
            assertThat(ok(prefix + model + "/stats").getJsonArray("model_stats"))
                    .hasSize(1);
        }
        JsonArray index = new JsonArray(
                fixture.post(prefix + "/v2/repository/index", KEY, "{}").body());
        assertThat(index).hasSize(2);
    }

    @Test
    void config_ofAFixedShape_hasNoBatches() throws Exception {
        JsonObject config = ok("/v2/models/simple/config");
        assertThat(config.getInteger("max_batch_size")).isZero();
        assertThat(config.getJsonArray("input").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"name\":\"INPUT0\",\"data_type\":\"TYPE_INT32\",\"dims\":[1,16]}"));
    }

    @Test
    void health_needsNoCredential() throws Exception {
        assertThat(fixture.get("/v2/health/live", null).body()).isEqualTo("{\"live\":true}");
        assertThat(fixture.get("/v2/health/ready", null).body()).isEqualTo("{\"ready\":true,\"live\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/risk",
                "/v2/models/risk/ready",
                "/v2/models/risk/config",
                "/v2/models/risk/stats",
                "/t/acme/v2",
                "/t/acme/v2/models/risk"
            })
    void anotherTenant_getsNotFoundOnEveryRoute(String path) throws Exception {
        HttpResponse<String> response = fixture.get(path, "sp_euro");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response)).doesNotContain("acme");
    }

    @Test
    void anotherTenant_inferringOrListing_seesNothing() throws Exception {
        assertThat(fixture.post(INFER, "sp_euro", "{}").statusCode()).isEqualTo(404);
        assertThat(fixture.post("/t/acme" + INFER, "sp_euro", "{}").statusCode())
                .isEqualTo(404);
        assertThat(fixture.post("/t/acme/v2/repository/index", "sp_euro", "").statusCode())
                .isEqualTo(404);
        assertThat(fixture.post("/v2/repository/index", "sp_euro", "").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/nothing,404",
        "/v2/models,404",
        "/v2/models/,404",
        "/v2/models/risk/,404",
        "/v2/models/other,404",
        "/v2/models/..%2f..%2fetc/ready,404",
        "/v2/models/risk%252f,404",
        "/v2/models/risk/versions/3,404",
        "/v2/models/risk/versions/x,404",
        "/v2/models/risk/versions,404",
        "/v2/health/other,404",
        "/t/acme/v2/x,404",
        "/t/ACME%20/v2,404",
        "/v2/models/risk/infer,405",
        "/v2/repository/index,405"
    })
    void path_unknownOrAskedWrongly_isRefusedInTheProtocolsForm(String path, int status) throws Exception {
        HttpResponse<String> response = fixture.get(path, KEY);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(error(response)).matches("[A-Z_]+: .*");
        assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void tritonclient_defaultRequest_isAnsweredInBinary() throws Exception {
        String json = "{\"inputs\":["
                + "{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}},"
                + "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}}],"
                + "\"parameters\":{\"binary_data_output\":true}}";
        ByteBuffer tensors = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 16; i++) {
            tensors.putInt(i * 4, i).putInt(64 + i * 4, 100 + i);
        }
        byte[] body = Buffer.buffer(json).appendBytes(bytes(tensors)).getBytes();
        HttpResponse<byte[]> response = fixture.client.send(
                fixture.request("/v2/models/simple/infer", KEY)
                        .header("Inference-Header-Content-Length", String.valueOf(json.length()))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        int length = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        Buffer answer = Buffer.buffer(response.body());
        JsonArray outputs = answer.getBuffer(0, length).toJsonObject().getJsonArray("outputs");
        assertThat(outputs.getJsonObject(0).getJsonObject("parameters").getInteger("binary_data_size"))
                .isEqualTo(64);
        assertThat(answer.length()).isEqualTo(length + 128);
        assertThat(answer.getIntLE(length + 4 * 3)).isEqualTo(106);
        assertThat(answer.getIntLE(length + 64 + 4 * 3)).isEqualTo(-100);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] all = new byte[buffer.capacity()];
        buffer.get(0, all);
        return all;
    }

    private interface Compressor {
        OutputStream over(OutputStream out) throws Exception;
    }

    private static byte[] compressed(byte[] body, Compressor compressor) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream in = compressor.over(out)) {
            in.write(body);
        }
        return out.toByteArray();
    }

    private static HttpResponse<String> infer(byte[] body, String encoding) throws Exception {
        return fixture.send(fixture.request(INFER, KEY)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void body_compressed_isReadWithinItsBound() throws Exception {
        byte[] body = risk("", "n").getBytes(UTF_8);
        assertThat(infer(compressed(body, GZIPOutputStream::new), "gzip").statusCode())
                .isEqualTo(200);
        assertThat(infer(compressed(body, DeflaterOutputStream::new), "deflate").statusCode())
                .isEqualTo(200);
        byte[] bomb = compressed(new byte[50_000_000], GZIPOutputStream::new);
        assertThat(bomb.length).isLessThan(GatewayFixture.MAX_BODY);
        assertThat(infer(bomb, "gzip").statusCode()).isEqualTo(413);
        assertThat(infer(body, "br").statusCode()).isEqualTo(415);
        assertThat(infer(body, "gzip").statusCode()).isEqualTo(400);
        byte[] cut = compressed(body, GZIPOutputStream::new);
        assertThat(infer(java.util.Arrays.copyOf(cut, cut.length - 12), "gzip").statusCode())
                .isEqualTo(400);
    }

    @Test
    void answer_large_isCompressedWhenAsked() throws Exception {
        HttpResponse<byte[]> small = fixture.client.send(
                fixture.request(INFER, KEY)
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(risk("", "n")))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
        String rows = "1,2,".repeat(2000);
        String body = "{\"inputs\":[{\"name\":\"features\",\"shape\":[2000,2],\"datatype\":\"FP32\",\"data\":["
                + rows.substring(0, rows.length() - 1) + "]}]}";
        HttpResponse<byte[]> large = fixture.client.send(
                fixture.request(INFER, KEY)
                        .header("Accept-Encoding", "gzip")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(large.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @Test
    void body_tooLong_is413EvenWhereItsSenderOnlyListensAfterwards() throws Exception {
        HttpResponse<String> response = fixture.post(INFER, KEY, " ".repeat(GatewayFixture.MAX_BODY * 3));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).startsWith("BODY_TOO_LARGE: ");
        assertThat(fixture.post(INFER, KEY, risk("", "n")).statusCode()).isEqualTo(200);
    }

    private static String raw(String text) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void body_thatDoesNotArrive_timesOutAndCloses() throws Exception {
        String answer = raw("POST " + INFER + " HTTP/1.1\r\nHost: h\r\nX-API-Key: " + KEY
                + "\r\nContent-Length: 500\r\n\r\n{\"inputs\"");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("\"error\":\"BODY_TIMEOUT: ");
    }

    @Test
    void body_farTooLong_isGivenUp() throws Exception {
        String answer = raw("POST " + INFER + " HTTP/1.1\r\nHost: h\r\nX-API-Key: " + KEY
                + "\r\nContent-Length: 100000000\r\n\r\n" + " ".repeat(GatewayFixture.MAX_BODY * 4 + 100_000));
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void bodies_moreThanTheNodeHolds_areRefusedUntilThereIsRoom() throws Exception {
        String half = "POST " + INFER + " HTTP/1.1\r\nHost: h\r\nX-API-Key: " + KEY + "\r\nContent-Length: "
                + GatewayFixture.MAX_BODY + "\r\n\r\n" + " ".repeat(GatewayFixture.MAX_BODY - 1);
        List<Socket> senders = new ArrayList<>();
        for (int i = 0; i < GatewayFixture.BODY_MEMORY / GatewayFixture.MAX_BODY; i++) {
            Socket sender = new Socket(InetAddress.getLoopbackAddress(), fixture.port());
            sender.getOutputStream().write(half.getBytes(UTF_8));
            senders.add(sender);
        }
        String risk = risk("", "n");
        String padded = risk + " ".repeat(2_000);
        HttpResponse<String> refused = fixture.post(INFER, KEY, padded);
        for (int i = 0; i < 100 && refused.statusCode() == 200; i++) {
            refused = fixture.post(INFER, KEY, padded);
        }
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(error(refused)).startsWith("OVERLOADED: ");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        for (Socket sender : senders) {
            sender.close();
        }
        HttpResponse<String> answered = fixture.post(INFER, KEY, padded);
        for (int i = 0; i < 100 && answered.statusCode() == 503; i++) {
            Thread.sleep(20);
            answered = fixture.post(INFER, KEY, padded);
        }
        assertThat(answered.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: h\r\nTransfer-Encoding: xchunked",
                "Host: h\r\nTransfer-Encoding: chunked, identity",
                "Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: h\r\nHost: g",
                "X: no host",
                "Host: h\r\nContent-Length: 5\r\nTransfer-Encoding: xchunked"
            })
    void request_thatCanBeReadInTwoWays_isRefusedAndItsConnectionClosed(String headers) throws Exception {
        String answer = raw("POST " + INFER + " HTTP/1.1\r\n" + headers + "\r\nX-API-Key: " + KEY
                + "\r\n\r\nGET /v2/health/live HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("HEADER_INVALID").doesNotContain("\"live\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 4\r\n"})
    void request_chunked_endsItsConnection(String header) throws Exception {
        String answer = raw("POST " + INFER + " HTTP/1.1\r\nHost: h\r\n" + header
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v2/health/live HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("\"live\"");
    }

    @Test
    void request_chunkedBeforeThereWereChunks_isRefused() throws Exception {
        String answer = raw("POST " + INFER + " HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(answer).contains(" 400 ").contains("HEADER_INVALID");
    }

    @Test
    void target_thatIsNoPath_isRefusedInTheProtocolsForm() throws Exception {
        assertThat(raw("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"error\":\"HEADER_INVALID: ");
    }

    @Test
    void request_notHttp_isRefusedInTheProtocolsForm() throws Exception {
        String tooLong = raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertThat(tooLong).contains("{\"error\":\"HEADER_INVALID: ").contains("application/json");
        String header =
                raw("GET /v2 HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(40_000) + "\r\nConnection: close\r\n\r\n");
        assertThat(header).contains("{\"error\":\"HEADER_INVALID: ");
    }
}
