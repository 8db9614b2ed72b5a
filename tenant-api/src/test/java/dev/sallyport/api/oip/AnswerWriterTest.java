package dev.sallyport.api.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class AnswerWriterTest {
    private static Answer answer(Tensor... outputs) {
        return new Answer(
                "m",
                "1.2",
                "i\"d\u0001é",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "ab",
                "topk:3",
                OptionalLong.of(4980),
                List.of(outputs));
    }

    private static AnswerWriter.Encoded write(Answer answer, Predicate<String> binary) {
        return AnswerWriter.write(answer, binary).with("v1.ab_-");
    }

    private static JsonArray json(Tensor output) {
        AnswerWriter.Encoded encoded = write(answer(output), name -> false);
        assertThat(encoded.jsonLength()).isNegative();
        JsonObject only = encoded.body().toJsonObject().getJsonArray("outputs").getJsonObject(0);
        assertThat(only.getString("name")).isEqualTo(output.name());
        assertThat(only.getString("datatype")).isEqualTo(output.datatype().name());
        return only.getJsonArray("data");
    }

    private static Tensor fixed(Datatype datatype, ByteBuffer data) {
        return new Tensor(
                "y", datatype, new long[] {1, data.capacity() / datatype.size()}, new TensorData.Fixed(data.rewind()));
    }

    @Test
    void answer_hasExactlyTheProtocolsMembers() {
        JsonObject json = write(answer(Tensor.ints("y", new long[] {1, 2}, 3, -4)), name -> false)
                .body()
                .toJsonObject();
        assertThat(json.fieldNames()).containsExactly("model_name", "model_version", "id", "parameters", "outputs");
        assertThat(json.getString("id")).isEqualTo("i\"d\u0001é");
        assertThat(json.getJsonObject("parameters"))
                .isEqualTo(new JsonObject()
                        .put("record", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
                        .put("policy", "ab")
                        .put("disclosure", "topk:3")
                        .put("budget_remaining", 4980)
                        .put("receipt", "v1.ab_-"));
        assertThat(json.getJsonArray("outputs").getJsonObject(0).encode())
                .isEqualTo("{\"name\":\"y\",\"datatype\":\"INT32\",\"shape\":[1,2],\"data\":[3,-4]}");
    }

    @Test
    void integers_atTheirBounds_areExact() {
        assertThat(json(fixed(Datatype.UINT64, Requests.little(8).putLong(-1))).encode())
                .isEqualTo("[18446744073709551615]");
        assertThat(json(fixed(Datatype.INT64, Requests.little(8).putLong(Long.MIN_VALUE)))
                        .encode())
                .isEqualTo("[-9223372036854775808]");
        assertThat(json(fixed(Datatype.UINT32, Requests.little(4).putInt(-1))).encode())
                .isEqualTo("[4294967295]");
        assertThat(json(fixed(Datatype.UINT16, Requests.little(2).putShort((short) -1)))
                        .encode())
                .isEqualTo("[65535]");
        assertThat(json(fixed(Datatype.UINT8, Requests.little(1).put((byte) -1)))
                        .encode())
                .isEqualTo("[255]");
        assertThat(json(fixed(Datatype.INT8, Requests.little(1).put((byte) -128)))
                        .encode())
                .isEqualTo("[-128]");
        assertThat(json(fixed(Datatype.BOOL, Requests.little(2).put((byte) 1).put((byte) 0)))
                        .encode())
                .isEqualTo("[true,false]");
    }

    @Test
    void floats_anyValue_areReadBackExactly() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            float[] values = {
                Float.intBitsToFloat(random.nextInt()),
                random.nextFloat(),
                Math.round(random.nextFloat() * 1000) / 1000f,
                (float) random.nextGaussian() * 1e6f,
                -0.0f
            };
            for (float value : values) {
                if (Float.isFinite(value)) {
                    String text = new JsonBytes(8).number(value).toBuffer().toString();
                    assertThat(Float.parseFloat(text)).as(text).isEqualTo(value);
                    assertThat((float) Double.parseDouble(text))
                            .as("by a reader of doubles: " + text)
                            .isEqualTo(value);
                    assertThat(text.length())
                            .isLessThanOrEqualTo(Math.max(Float.toString(value).length(), 9));
                }
            }
        }
        assertThat(new JsonBytes(0)
                        .number(0.25f)
                        .raw(' ')
                        .number(1f)
                        .raw(' ')
                        .number(0.001f)
                        .toBuffer()
                        .toString())
                .isEqualTo("0.25 1 0.001");
    }

    @Test
    void numbers_notFinite_areNeverWritten() {
        assertThatThrownBy(() -> json(Tensor.floats("y", new long[] {1}, Float.NaN)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> json(fixed(Datatype.FP64, Requests.little(8).putDouble(Double.POSITIVE_INFINITY))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void byteStrings_areStringsInJson() {
        Tensor labels = Tensor.bytes(
                "label",
                new long[] {2},
                List.of("a\"\\\n".getBytes(StandardCharsets.UTF_8), "世".getBytes(StandardCharsets.UTF_8)));
        assertThat(json(labels)).containsExactly("a\"\\\n", "世");
    }

    @Test
    void binaryOutputs_followTheJsonInOrder() {
        Tensor labels = Tensor.bytes("label", new long[] {1}, List.of("ab".getBytes(StandardCharsets.UTF_8)));
        Tensor ints = Tensor.ints("y", new long[] {1, 2}, 3, -4);
        Tensor inJson = Tensor.floats("z", new long[] {1}, 0.5f);
        AnswerWriter.Encoded encoded = write(answer(labels, inJson, ints), name -> !name.equals("z"));
        JsonArray outputs =
                encoded.body().getBuffer(0, encoded.jsonLength()).toJsonObject().getJsonArray("outputs");
        assertThat(outputs.getJsonObject(0).getJsonObject("parameters").getInteger("binary_data_size"))
                .isEqualTo(6);
        assertThat(outputs.getJsonObject(0).containsKey("data")).isFalse();
        assertThat(outputs.getJsonObject(1).getJsonArray("data")).containsExactly(0.5);
        byte[] binary =
                encoded.body().getBytes(encoded.jsonLength(), encoded.body().length());
        assertThat(binary).containsExactly(2, 0, 0, 0, 'a', 'b', 3, 0, 0, 0, -4, -1, -1, -1);
    }

    @Test
    void error_hasExactlyOneMember() {
        Refusal refusal = Refusal.denial("PURPOSE_MISSING", "send Sallyport-Purpose or parameter \"purpose\"");
        JsonObject json = ErrorBody.write(refusal, List.of("purposes.required", "GDPR-5.1.b", "record 01J"))
                .toJsonObject();
        assertThat(json.fieldNames()).containsExactly("error");
        assertThat(json.getString("error"))
                .isEqualTo("PURPOSE_MISSING: send Sallyport-Purpose or parameter \"purpose\" "
                        + "[purposes.required, GDPR-5.1.b, record 01J]");
        assertThat(ErrorBody.write(refusal, List.of()).toJsonObject().getString("error"))
                .doesNotContain("[");
    }
}
