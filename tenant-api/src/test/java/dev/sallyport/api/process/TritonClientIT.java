package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triton's own Java client, unmodified and in a process of its own, gets the right sums from the demo. */
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
