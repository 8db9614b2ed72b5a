package dev.sallyport.api.oip;

import static dev.sallyport.api.oip.PythonRequests.KSERVE;
import static dev.sallyport.api.oip.PythonRequests.TRITONCLIENT;
import static dev.sallyport.api.oip.Requests.SIMPLE;
import static dev.sallyport.api.oip.Requests.bytes;
import static dev.sallyport.api.oip.Requests.ints;
import static dev.sallyport.api.oip.Requests.join;
import static dev.sallyport.api.oip.Requests.little;
import static dev.sallyport.api.oip.Requests.read;
import static dev.sallyport.api.oip.Requests.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary tensors; among them the byte form of what common clients send when nothing is configured. */
final class BinaryRequestTest {
    private static final byte[] ZERO_TO_15 = tensor(IntStream.range(0, 16).toArray());
    private static final byte[] ONES =
            tensor(IntStream.generate(() -> 1).limit(16).toArray());

    private static byte[] tensor(int... values) {
        ByteBuffer buffer = little(values.length * 4);
        buffer.asIntBuffer().put(values);
        return bytes(buffer);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] body(String json) {
        return join(utf8(json), ZERO_TO_15, ONES);
    }

    private static String length(String json) {
        return Integer.toString(utf8(json).length);
    }

    private static void checkSimple(InferRequest request) {
        assertThat(ints(request.inputs().get(0).buffer()))
                .containsExactly(IntStream.range(0, 16).toArray());
        assertThat(ints(request.inputs().get(1).buffer())).containsOnly(1);
    }

    @Test
    void tritonclient_defaultRequest_isReadAndAnsweredBinary() {
        InferRequest request = read(SIMPLE, body(TRITONCLIENT), length(TRITONCLIENT));
        checkSimple(request);
        assertThat(request.binary("OUTPUT0")).isTrue();
        assertThat(request.binary("OUTPUT1")).isTrue();
    }

    @Test
    void tritonclient_requestedOutputs_eachInItsForm() {
        String json = TRITONCLIENT.replace(
                "\"parameters\":{\"binary_data_output\":true}",
                "\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"binary_data\":true}},"
                        + "{\"name\":\"OUTPUT1\",\"parameters\":{\"binary_data\":false}}]");
        InferRequest request = read(SIMPLE, body(json), length(json));
        assertThat(request.outputs())
                .containsExactly(new OutputRequest("OUTPUT0", true), new OutputRequest("OUTPUT1", false));
    }

    @Test
    void kserve_defaultRequest_isReadAndAnsweredBinary() {
        InferRequest request = read(SIMPLE, body(KSERVE), length(KSERVE));
        checkSimple(request);
        assertThat(request.id()).startsWith("0f6f4d3e");
        assertThat(request.binary("OUTPUT0")).isTrue();
    }

    @Test
    void kserve_jsonRequest_isAnsweredInJson() {
        String json = "{\"id\":\"1\",\"model_name\":\"simple\",\"inputs\":["
                + "{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]},"
                + "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]}";
        InferRequest request = read(SIMPLE, json);
        checkSimple(request);
        assertThat(request.binary("OUTPUT0")).isFalse();
    }

    @Test
    void binaryAndJsonTensors_inOneRequest_areRead() {
        String json = TRITONCLIENT.replace(
                "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}}",
                "{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}");
        checkSimple(read(SIMPLE, join(utf8(json), ZERO_TO_15), length(json)));
    }

    @Test
    void length_ofTheWholeBody_isJsonAlone() {
        String json = Requests.x(Datatype.INT32, "[1,1]", "[1]");
        read(Requests.of(Datatype.INT32, 1), utf8(json), length(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "99999", "99999999999999999999", "+5", " 5"})
    void length_notANumberOrBeyondTheBody_isRefused(String header) {
        assertThat(refused(SIMPLE, body(TRITONCLIENT), header).code()).isEqualTo("BINARY_MALFORMED");
    }

    @Test
    void length_pointingElsewhere_isRefused() {
        for (int length = 1; length < body(TRITONCLIENT).length; length++) {
            if (length != utf8(TRITONCLIENT).length) {
                Refusal refusal = refused(SIMPLE, body(TRITONCLIENT), Integer.toString(length));
                assertThat(refusal.status()).isEqualTo(400);
            }
        }
        assertThat(refused(SIMPLE, body(TRITONCLIENT), "0").status()).isEqualTo(501);
    }

    @ParameterizedTest
    @CsvSource({
        "63,BINARY_MALFORMED|SHAPE_MISMATCH",
        "65,SHAPE_MISMATCH",
        "0,SHAPE_MISMATCH",
        "-1,BINARY_MALFORMED",
        "1.5,BINARY_MALFORMED",
        "9223372036854775807,BINARY_MALFORMED",
        "99999999999999999999,BINARY_MALFORMED"
    })
    void size_notThatOfTheShape_isRefused(String size, String codes) {
        String json = TRITONCLIENT.replaceFirst("\"binary_data_size\":64", "\"binary_data_size\":" + size);
        Refusal refusal = refused(SIMPLE, body(json), length(json));
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(codes.split("\\|")).contains(refusal.code());
    }

    @Test
    void bytes_missingOrLeftOver_areRefused() {
        assertThat(refused(SIMPLE, join(utf8(TRITONCLIENT), ZERO_TO_15), length(TRITONCLIENT))
                        .code())
                .isEqualTo("BINARY_MALFORMED");
        assertThat(refused(SIMPLE, join(body(TRITONCLIENT), new byte[1]), length(TRITONCLIENT))
                        .sentence())
                .contains("left over");
        assertThat(refused(SIMPLE, body(TRITONCLIENT), null).code())
                .as("no header")
                .isEqualTo("BODY_MALFORMED");
        assertThat(refused(SIMPLE, TRITONCLIENT).code())
                .as("no header, no tensors")
                .isEqualTo("BINARY_MALFORMED");
    }

    @Test
    void dataAndBinarySize_together_areRefused() {
        String json = TRITONCLIENT.replaceFirst("\"parameters\"", "\"data\":[],\"parameters\"");
        String beside = json.replace("[1,16]", "[1,1]").replace("\"data\":[]", "\"data\":[1]");
        Signature signature = new Signature(
                Requests.SIMPLE.inputs().stream()
                        .map(s -> Requests.spec(s.name(), Datatype.INT32, 1, 1))
                        .toList(),
                Requests.SIMPLE.outputs(),
                java.util.List.of(),
                null);
        assertThat(refused(signature, body(beside), length(beside)).code()).isEqualTo("INPUT_INVALID");
    }

    private static byte[] strings(String... values) {
        byte[] all = new byte[0];
        for (String value : values) {
            all = join(all, bytes(little(4).putInt(utf8(value).length)), utf8(value));
        }
        return all;
    }

    private static String bytesRequest(int rows, int size) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[" + rows
                + ",1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":" + size + "}}]}";
    }

    @Test
    void byteStrings_areReadByTheirLengths() {
        byte[] data = strings("", "é", "abc");
        String json = bytesRequest(3, data.length);
        InferRequest request = read(Requests.of(Datatype.BYTES, 1), join(utf8(json), data), length(json));
        assertThat(request.inputs().getFirst().strings()).containsExactly(utf8(""), utf8("é"), utf8("abc"));
    }

    @Test
    void byteStrings_tooFewTooManyOrCut_areRefused() {
        byte[] data = strings("a", "b");
        for (int rows : new int[] {1, 3, Integer.MAX_VALUE}) {
            String json = bytesRequest(rows, data.length);
            assertThat(refused(Requests.of(Datatype.BYTES, 1), join(utf8(json), data), length(json))
                            .code())
                    .isEqualTo("SHAPE_MISMATCH");
        }
        for (byte[] cut : new byte[][] {{1, 0, 0}, {5, 0, 0, 0, 'a'}, {-1, -1, -1, -1}}) {
            String json = bytesRequest(1, cut.length);
            assertThat(refused(Requests.of(Datatype.BYTES, 1), join(utf8(json), cut), length(json))
                            .code())
                    .isEqualTo("BINARY_MALFORMED");
        }
    }

    @Test
    void numbers_notFinite_areRefused() {
        byte[][] bad = {
            bytes(little(4).putFloat(Float.NaN)),
            bytes(little(4).putFloat(Float.NEGATIVE_INFINITY)),
            bytes(little(8).putDouble(Double.NaN)),
            bytes(little(2).putShort((short) 0x7C00)),
            {2}
        };
        Datatype[] types = {Datatype.FP32, Datatype.FP32, Datatype.FP64, Datatype.FP16, Datatype.BOOL};
        for (int i = 0; i < bad.length; i++) {
            String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"" + types[i]
                    + "\",\"parameters\":{\"binary_data_size\":" + bad[i].length
                    + "}}],\"parameters\":{\"binary_data_output\":true}}";
            assertThat(refused(Requests.of(types[i], 1), join(utf8(json), bad[i]), length(json))
                            .code())
                    .isEqualTo("VALUE_INVALID");
        }
    }

    @Test
    void halfPrecision_isReadBinaryAndNeverAnsweredInJson() {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP16\","
                + "\"parameters\":{\"binary_data_size\":2}}]%s}";
        byte[] one = bytes(little(2).putShort((short) 0x3C00));
        String binary = json.formatted("");
        assertThat(read(Requests.of(Datatype.FP16, 1), join(utf8(binary), one), length(binary))
                        .binary("y"))
                .isTrue();
        String asJson = json.formatted(",\"parameters\":{\"binary_data_output\":false}");
        assertThat(refused(Requests.of(Datatype.FP16, 1), join(utf8(asJson), one), length(asJson))
                        .code())
                .isEqualTo("OUTPUT_INVALID");
    }
}
