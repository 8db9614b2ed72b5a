package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets a clear 4xx in the protocol's form, no stack trace, and the server is still there. */
final class HostileInputIT {
    private static final String INFER = "/v2/models/simple/infer";

    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    static Stream<Arguments> bodies() {
        String good = SimpleModel.REQUEST;
        return Stream.of(
                Arguments.of("empty", "", 400),
                Arguments.of("not JSON", "hello", 400),
                Arguments.of("cut off", good.substring(0, good.length() / 2), 400),
                Arguments.of("trailing bytes", good + "{}", 400),
                Arguments.of("an array", "[]", 400),
                Arguments.of("no inputs", "{}", 400),
                Arguments.of("inputs of the wrong kind", "{\"inputs\":7}", 400),
                Arguments.of("an unknown field", good.replace("{\"inputs\"", "{\"surprise\":1,\"inputs\""), 400),
                Arguments.of(
                        "a duplicate field", good.replace("{\"inputs\"", "{\"id\":\"a\",\"id\":\"b\",\"inputs\""), 400),
                Arguments.of("an unknown input", good.replace("INPUT1", "INPUT9"), 400),
                Arguments.of("the same input twice", good.replace("INPUT1", "INPUT0"), 400),
                Arguments.of("a wrong datatype", good.replace("INT32", "FP32"), 400),
                Arguments.of("no such datatype", good.replace("INT32", "INT33"), 400),
                Arguments.of("a wrong shape", good.replace("[1,16]", "[1,17]"), 400),
                Arguments.of("a negative dimension", good.replace("[1,16]", "[-1,16]"), 400),
                Arguments.of("a shape that overflows", good.replace("[1,16]", "[4294967296,4294967296]"), 400),
                Arguments.of("a fraction for an integer", good.replace(":[0,", ":[0.5,"), 400),
                Arguments.of("an integer too large", good.replace(":[0,", ":[2147483648,"), 400),
                Arguments.of("a string for a number", good.replace(":[0,", ":[\"0\","), 400),
                Arguments.of("NaN", good.replace(":[0,", ":[NaN,"), 400),
                Arguments.of("Infinity", good.replace(":[0,", ":[-Infinity,"), 400),
                Arguments.of("null data", good.replace(":[0,", ":[null,"), 400),
                Arguments.of("nested 10,000 deep", "[".repeat(10_000) + "]".repeat(10_000), 400),
                Arguments.of("data nested 10,000 deep", good.replace("[0,1,", "[".repeat(10_000) + "0,1,"), 400),
                Arguments.of("a number of 10,000 digits", good.replace(":[0,", ":[" + "9".repeat(10_000) + ","), 400),
                Arguments.of("10 MB of blanks", " ".repeat(10 << 20) + good, 413),
                Arguments.of("not UTF-8", "\u0000\u0001", 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void infer_badBody_isRefusedInTheProtocolsForm(String name, String body, int status) throws Exception {
        HttpResponse<String> answer =
                demo.post(INFER, demo.tenant("acme-clinic").key(), body);
        checkError(answer, status);
        checkStillServing();
    }

    @Test
    void infer_credentialMissingOrUnknown_is401() throws Exception {
        checkError(demo.post(INFER, "", SimpleModel.REQUEST), 401);
        HttpResponse<String> unknown = demo.post(INFER, "sp_" + "A".repeat(43), SimpleModel.REQUEST);
        checkError(unknown, 401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        checkError(demo.post(INFER, "x".repeat(6000), SimpleModel.REQUEST), 401);
    }

    @Test
    void infer_twoCredentialsThatDiffer_is400() throws Exception {
        HttpRequest request = demo.request(INFER, demo.tenant("acme-clinic").key())
                .header("Authorization", "Bearer " + demo.tenant("euro-credit").key())
                .POST(BodyPublishers.ofString(SimpleModel.REQUEST))
                .build();
        checkError(demo.send(request), 400);
    }

    @Test
    void infer_anotherTenantsModel_is404() throws Exception {
        checkError(
                demo.post(
                        "/v2/models/credit-score/infer",
                        demo.tenant("acme-clinic").key(),
                        SimpleModel.REQUEST),
                404);
        checkError(
                demo.post(
                        "/v2/models/readmission-risk/infer",
                        demo.tenant("euro-credit").key(),
                        SimpleModel.REQUEST),
                404);
        checkError(
                demo.get("/v2/models/credit-score", demo.tenant("acme-clinic").key()), 404);
        checkError(
                demo.post("/t/euro-credit" + INFER, demo.tenant("acme-clinic").key(), SimpleModel.REQUEST), 404);
    }

    @Test
    void anyPath_unknownOrWrongMethod_isInTheProtocolsForm() throws Exception {
        String key = demo.tenant("acme-clinic").key();
        checkError(demo.get("/v2/nothing", key), 404);
        checkError(demo.get(INFER, key), 405);
        checkError(demo.get("/v2/models/..%2f..%2fetc/ready", key), 404);
    }

    private static void checkError(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .matches("\\{\"error\":\"[A-Z_]+: .{5,}\"}")
                .doesNotContain("Exception", "at dev.", "at io.");
    }

    private static void checkStillServing() throws Exception {
        assertThat(demo.post(INFER, demo.tenant("acme-clinic").key(), SimpleModel.REQUEST)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void log_afterAllOfThis_holdsNoKeyNoInputAndNoTrace() throws Exception {
        String body = SimpleModel.REQUEST.replace("INPUT1", "patient-mary-1962");
        demo.post(INFER, demo.tenant("acme-clinic").key(), body);
        Thread.sleep(200);
        // The demo prints its callers' keys on purpose: only what is logged counts.
        String logged = Files.readString(demo.log(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{") || line.matches("^\\d.*(INFO|WARN|ERROR).*"))
                .reduce("", (all, line) -> all + line + "\n");
        assertThat(logged).isNotEmpty().doesNotContain("patient-mary-1962", "sp_", "Exception");
    }
}
