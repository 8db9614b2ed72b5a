package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.oip.PythonRequests;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Triton's own Java client, unmodified and in a process of its own, gets the right sums from the demo; and so do the bytes
 * that Python's tritonclient and KServe's client send.
 */
final class TritonClientIT {
    private static final Path CLIENT = Path.of("target", "clients", "triton-java-client.jar");
    private static final Path PROGRAM = Path.of("src", "test", "clients", "TritonSimple.java");

    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        demo = DemoProcess.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "binary"})
    void tritonJavaClient_onlyAKey_getsSumsAndDifferences(String form) throws Exception {
        String printed = run(demo.authority(), demo.tenant("acme-clinic").key(), form);
        assertThat(printed).contains("OUTPUT0 " + numbers(i -> 100 + 2 * i)).contains("OUTPUT1 " + numbers(i -> -100));
    }

    @ParameterizedTest
    @ValueSource(strings = {PythonRequests.TRITONCLIENT, PythonRequests.KSERVE})
    void pythonClient_defaultRequest_isAnsweredInBinary(String json) throws Exception {
        HttpRequest request = demo.request(
                        "/v2/models/simple/infer", demo.tenant("acme-clinic").key())
                .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                .POST(BodyPublishers.ofByteArray(PythonRequests.body(json)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            int length = Integer.parseInt(answer.headers()
                    .firstValue("Inference-Header-Content-Length")
                    .orElseThrow());
            assertThat(new String(answer.body(), 0, length, StandardCharsets.UTF_8))
                    .contains("OUTPUT0", "OUTPUT1", "binary_data_size");
            IntBuffer numbers = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer();
            int[] outputs = new int[numbers.remaining()];
            numbers.get(outputs);
            assertThat(outputs)
                    .containsExactly(IntStream.concat(
                                    IntStream.range(0, 16).map(i -> i + 1),
                                    IntStream.range(0, 16).map(i -> i - 1))
                            .toArray());
        }
    }

    private static String numbers(IntUnaryOperator value) {
        return IntStream.range(0, 16).map(value).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String run(String authority, String key, String form) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        CLIENT.toString(),
                        PROGRAM.toString(),
                        authority,
                        key,
                        form)
                .redirectErrorStream(true)
                .start();
        String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor()).as(printed).isZero();
        return printed;
    }
}
