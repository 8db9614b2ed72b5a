package dev.sallyport.api.oip;

import static dev.sallyport.api.oip.Requests.SCORES;
import static dev.sallyport.api.oip.Requests.SIMPLE;
import static dev.sallyport.api.oip.Requests.ints;
import static dev.sallyport.api.oip.Requests.read;
import static dev.sallyport.api.oip.Requests.refused;
import static dev.sallyport.api.oip.Requests.x;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReaderTest {
    private static final String FEATURES =
            "{\"name\":\"features\",\"shape\":[2,3],\"datatype\":\"FP32\",\"data\":[1,2.5,-3e2,4,5,6]}";

    private static Tensor only(Datatype datatype, String data) {
        int columns = data.split(",").length;
        InferRequest request = read(Requests.of(datatype, columns), x(datatype, "[1," + columns + "]", data));
        return request.inputs().getFirst();
    }

    @Test
    void request_flatAndNested_giveTheSameTensor() {
        String nested = FEATURES.replace("[1,2.5,-3e2,4,5,6]", "[ [1,2.5,-3e2] , [4,5,6] ]");
        for (String input : List.of(FEATURES, nested)) {
            InferRequest request = read(SCORES, "{\"inputs\":[" + input + "]}");
            float[] values = new float[6];
            request.inputs().getFirst().asFloats().get(values);
            assertThat(values).containsExactly(1, 2.5f, -300, 4, 5, 6);
            assertThat(request.rows()).isEqualTo(2);
            assertThat(request.inputs()).as("an ignored input need not be sent").hasSize(1);
        }
    }

    @Test
    void request_membersInAnyOrder_isRead() {
        String json =
                "{\"parameters\":{\"purpose\":\"care\",\"other\":1.5,\"flag\":true},\"outputs\":[{\"name\":\"scores\"}],"
                        + "\"inputs\":[{\"data\":[[1,2,3]],\"parameters\":{},\"datatype\":\"FP32\",\"shape\":[1,3],\"name\":\"features\"},"
                        + "{\"data\":[\"h\\u00e9\"],\"shape\":[1],\"name\":\"note\",\"datatype\":\"BYTES\"}],\"id\":\"7\"}";
        InferRequest request = read(SCORES, json);
        assertThat(request.id()).isEqualTo("7");
        assertThat(request.purpose()).isEqualTo("care");
        assertThat(request.outputs()).containsExactly(new OutputRequest("scores", false));
        assertThat(new String(request.inputs().get(1).strings().getFirst(), StandardCharsets.UTF_8))
                .isEqualTo("hé");
    }

    @Test
    void request_optionalMembersNull_areAbsent() {
        InferRequest request =
                read(SCORES, "{\"id\":null,\"parameters\":null,\"outputs\":null,\"inputs\":[" + FEATURES + "]}");
        assertThat(request.id()).isNull();
        assertThat(request.outputs()).isEmpty();
    }

    @Test
    void integers_atTheirBounds_areExact() {
        assertThat(only(Datatype.INT64, "[-9223372036854775808,9223372036854775807]")
                        .buffer()
                        .getLong(0))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(only(Datatype.UINT64, "[18446744073709551615,0,9223372036854775808]")
                        .buffer()
                        .getLong(0))
                .isEqualTo(-1L);
        assertThat(only(Datatype.UINT64, "[9999999999999999999]").buffer().getLong(0))
                .isEqualTo(Long.parseUnsignedLong("9999999999999999999"));
        assertThat(ints(only(Datatype.INT32, "[-2147483648,2147483647]").buffer()))
                .containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThat(only(Datatype.UINT32, "[4294967295]").buffer().getInt(0)).isEqualTo(-1);
        assertThat(only(Datatype.INT16, "[-32768,32767]").buffer().getShort(0)).isEqualTo(Short.MIN_VALUE);
        assertThat(only(Datatype.UINT16, "[65535]").buffer().getShort(0)).isEqualTo((short) -1);
        assertThat(only(Datatype.INT8, "[-128,127]").buffer().get(0)).isEqualTo(Byte.MIN_VALUE);
        assertThat(only(Datatype.UINT8, "[255]").buffer().get(0)).isEqualTo((byte) -1);
        assertThat(only(Datatype.BOOL, "[true,false]").buffer().get(0)).isEqualTo((byte) 1);
        assertThat(only(Datatype.FP64, "[0.1]").buffer().getDouble(0)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "INT64,9223372036854775808",
        "INT64,-9223372036854775809",
        "INT64,-18446744073709551615",
        "UINT64,18446744073709551616",
        "UINT64,-1",
        "UINT64,99999999999999999999999",
        "INT32,2147483648",
        "INT32,-2147483649",
        "UINT32,4294967296",
        "UINT32,-1",
        "INT16,32768",
        "UINT16,65536",
        "INT8,128",
        "INT8,-129",
        "UINT8,256",
        "INT32,1.0",
        "INT32,1e3",
        "FP32,1e39",
        "FP32,-1e39",
        "FP64,1e309",
        "FP32,true",
        "BOOL,1",
        "BYTES,1",
        "FP32,null",
        "INT32,'\"1\"'",
        "FP32,'\"1\"'",
        "FP32,NaN",
        "INT32,NaN",
        "FP64,Infinity"
    })
    void element_outOfRangeOrOfAnotherKind_isRefused(Datatype datatype, String element) {
        Refusal refusal = refused(Requests.of(datatype, 1), x(datatype, "[1,1]", "[" + element + "]"));
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("VALUE_INVALID");
        assertThat(refusal.sentence()).contains("inputs[0]", datatype.name()).doesNotContain(element);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "[]",
                "7",
                "{",
                "{}x",
                "{\"inputs\":[]}",
                "{}",
                "{\"inputs\":7}",
                "{\"inputs\":null}",
                "{\"inputs\":[7]}",
                "{\"inputs\":[{}]}",
                "{\"inputs\":[{\"name\":7}]}",
                "{\"surprise\":1}",
                "{\"id\":1}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"parameters\":[]}",
                "{\"parameters\":{\"a\":null}}",
                "{\"parameters\":{\"a\":[]}}",
                "{\"parameters\":{\"purpose\":1}}",
                "{\"outputs\":{}}",
                "{\"parameters\":{\"binary_data_output\":\"yes\"}}"
            })
    void request_ofTheWrongForm_isRefusedWith400(String json) {
        Refusal refusal = refused(SIMPLE, json);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isIn("BODY_MALFORMED", "REQUEST_INVALID", "INPUT_INVALID");
    }

    @Test
    void request_cutOffAnywhere_isRefused() {
        String json = "{\"id\":\"a\",\"inputs\":[" + FEATURES + "],\"outputs\":[{\"name\":\"label\"}]}";
        for (int length = 0; length < json.length(); length++) {
            assertThat(refused(SCORES, json.substring(0, length)).status()).isEqualTo(400);
        }
        read(SCORES, json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2,3]|[1,2,3,4,5]",
                "[2,3]|[1,2,3,4,5,6,7]",
                "[2,3]|[[1,2],[3,4],[5,6]]",
                "[2,3]|[[1,2,3],[4,5]]",
                "[2,3]|[[1,2,3],4,5,6]",
                "[2,3]|[1,2,3,[4,5,6]]",
                "[2,3]|[[1,2,3],[4,5,6],[]]",
                "[2,3]|[]",
                "[2,3]|[[],[]]",
                "[2,3]|[[[1,2,3],[4,5,6]]]",
                "[2,3]|7",
                "[2,3]|{}",
                "[2,4]|[1,2,3,4,5,6,7,8]",
                "[6]|[1,2,3,4,5,6]",
                "[-2,3]|[1,2,3,4,5,6]",
                "[0,3]|[]",
                "[2.0,3]|[1,2,3,4,5,6]",
                "[4294967296,4294967296]|[1]",
                "[9223372036854775807,3]|[1]",
                "[9223372036854775808,3]|[1]",
                "[1000000000,3]|[1,2,3]",
                "[2,1,3]|[1,2,3,4,5,6]"
            })
    void shape_notThatOfTheDataOrTheModel_isRefused(String shape, String data) {
        for (String order : List.of(x(Datatype.FP32, shape, data), reversed(shape, data))) {
            Refusal refusal = refused(Requests.of(Datatype.FP32, 3), order);
            assertThat(refusal.code()).as(refusal.sentence()).isIn("SHAPE_MISMATCH", "VALUE_INVALID");
        }
    }

    private static String reversed(String shape, String data) {
        return "{\"inputs\":[{\"data\":" + data + ",\"shape\":" + shape + ",\"datatype\":\"FP32\",\"name\":\"x\"}]}";
    }

    @Test
    void shape_malformed_isRefused() {
        Signature signature = Requests.of(Datatype.FP32, 3);
        assertThat(refused(signature, x(Datatype.FP32, "[]", "[1]")).code()).isEqualTo("INPUT_INVALID");
        assertThat(refused(signature, x(Datatype.FP32, "3", "[1]")).code()).isEqualTo("INPUT_INVALID");
        assertThat(refused(signature, x(Datatype.FP32, "[1,1,1,1,1,1,1,1,1]", "[1]"))
                        .code())
                .isEqualTo("INPUT_INVALID");
    }

    @Test
    void request_dataNestedTenThousandDeep_isRefused() {
        String deep = "[".repeat(10_000) + "1" + "]".repeat(10_000);
        assertThat(refused(Requests.of(Datatype.FP32, 1), x(Datatype.FP32, "[1,1]", deep))
                        .status())
                .isEqualTo(400);
        assertThat(refused(Requests.of(Datatype.FP32, 1), reversed("[1,1]", deep))
                        .status())
                .isEqualTo(400);
        assertThat(refused(Requests.of(Datatype.FP32, 1), deep).status()).isEqualTo(400);
    }

    @Test
    void inputs_missingUnknownOrTwice_areNamedWithoutEchoingThem() {
        String input0 = "{\"name\":\"INPUT0\",\"shape\":[1,1],\"datatype\":\"INT32\",\"data\":[1]}";
        Signature signature = new Signature(
                List.of(Requests.spec("INPUT0", Datatype.INT32, 1, 1), Requests.spec("INPUT1", Datatype.INT32, 1, 1)),
                List.of(Requests.spec("y", Datatype.INT32, 1, 1)),
                List.of(),
                null);
        String stranger = input0.replace("INPUT0", "mary-1962");
        Refusal missing = refused(signature, "{\"inputs\":[" + input0 + "," + stranger + "]}");
        assertThat(missing.code()).isEqualTo("INPUT_MISSING");
        assertThat(missing.sentence()).contains("INPUT1").doesNotContain("mary");
        assertThat(refused(signature, "{\"inputs\":[" + input0 + "," + input0 + "]}")
                        .code())
                .isEqualTo("INPUT_INVALID");
        String input1 = input0.replace("INPUT0", "INPUT1");
        InferRequest read = read(signature, "{\"inputs\":[" + input0 + "," + input1 + "," + stranger + "]}");
        assertThat(read.undeclared()).extracting(Tensor::name).containsExactly("mary-1962");
    }

    @Test
    void input_ofAnotherDatatype_isRefused() {
        String json = "{\"inputs\":[" + FEATURES.replace("FP32", "FP64") + "]}";
        assertThat(refused(SCORES, json).code()).isEqualTo("DATATYPE_MISMATCH");
        assertThat(refused(SCORES, json.replace("FP64", "fp32")).code()).isEqualTo("DATATYPE_MISMATCH");
        assertThat(refused(Requests.of(Datatype.FP16, 1), x(Datatype.FP16, "[1,1]", "[1]"))
                        .code())
                .isEqualTo("DATATYPE_MISMATCH");
    }

    @Test
    void input_withAnUnknownMember_isRefused() {
        String json = "{\"inputs\":[" + FEATURES.replace("\"data\"", "\"dat\":1,\"data\"") + "]}";
        assertThat(refused(SCORES, json).code()).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void outputs_unknownTwiceOrUnsupported_areRefused() {
        String request = "{\"inputs\":[" + FEATURES + "],\"outputs\":[%s]}";
        assertThat(refused(SCORES, request.formatted("{\"name\":\"other\"}")).sentence())
                .contains("label, scores");
        assertThat(refused(SCORES, request.formatted("{\"name\":\"label\"},{\"name\":\"label\"}"))
                        .code())
                .isEqualTo("OUTPUT_INVALID");
        assertThat(refused(SCORES, request.formatted("{\"name\":\"label\",\"parameters\":{\"classification\":3}}"))
                        .status())
                .isEqualTo(501);
        assertThat(refused(SCORES, request.formatted("{\"nam\":\"label\"}")).status())
                .isEqualTo(400);
        assertThat(refused(SCORES, request.formatted("{}")).status()).isEqualTo(400);
    }

    @Test
    void subjects_oneARow_areReadAndTakenOut() {
        String subjects =
                "{\"name\":\"sallyport_subject\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"p-1\",\"p-2\"]}";
        InferRequest request = read(SCORES, "{\"inputs\":[" + subjects + "," + FEATURES + "]}");
        assertThat(request.subjects()).containsExactly("p-1", "p-2");
        assertThat(request.inputs()).extracting(Tensor::name).containsExactly("features");
        assertThat(request.undeclared()).isEmpty();
        String three = subjects.replace("[2]", "[3]").replace("\"p-2\"", "\"p-2\",\"p-3\"");
        assertThat(refused(SCORES, "{\"inputs\":[" + FEATURES + "," + three + "]}")
                        .code())
                .isEqualTo("SHAPE_MISMATCH");
    }

    @Test
    void sequence_isNotSupported() {
        String json = "{\"parameters\":{\"sequence_id\":%s},\"inputs\":[" + FEATURES + "]}";
        assertThat(refused(SCORES, json.formatted("5")).status()).isEqualTo(501);
        read(SCORES, json.formatted("0"));
        read(SCORES, json.formatted("\"\""));
    }
}
