package dev.sallyport.api.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signatures and readings for tests of this package. */
final class Requests {
    static final Signature SIMPLE = new Signature(
            List.of(spec("INPUT0", Datatype.INT32, 1, 16), spec("INPUT1", Datatype.INT32, 1, 16)),
            List.of(spec("OUTPUT0", Datatype.INT32, 1, 16), spec("OUTPUT1", Datatype.INT32, 1, 16)),
            List.of(),
            null);
    static final Signature SCORES = Signature.classifier(
            List.of(spec("features", Datatype.FP32, -1, 3), spec("note", Datatype.BYTES, -1)),
            List.of(Field.column("a", "features", 0), Field.ignored("note")),
            Classifier.of(List.of("low", "high"), "probabilities"));

    private Requests() {}

    static TensorSpec spec(String name, Datatype datatype, long... shape) {
        return new TensorSpec(name, datatype, Arrays.stream(shape).boxed().toList());
    }

    /** A model with one input {@code x} of shape [-1, columns] and an output {@code y} like it. */
    static Signature of(Datatype datatype, long columns) {
        return new Signature(
                List.of(spec("x", datatype, -1, columns)), List.of(spec("y", datatype, -1, columns)), List.of(), null);
    }

    static InferRequest read(Signature signature, String json) {
        return read(signature, json.getBytes(StandardCharsets.UTF_8), null);
    }

    static InferRequest read(Signature signature, byte[] body, @Nullable String jsonLength) {
        ReadResult result = RequestReader.read(body, jsonLength, signature);
        assertThat(result).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read) result).request();
    }

    static Refusal refused(Signature signature, String json) {
        return refused(signature, json.getBytes(StandardCharsets.UTF_8), null);
    }

    static Refusal refused(Signature signature, byte[] body, @Nullable String jsonLength) {
        ReadResult result = RequestReader.read(body, jsonLength, signature);
        assertThat(result).isInstanceOf(ReadResult.Malformed.class);
        return ((ReadResult.Malformed) result).refusal();
    }

    /** A request whose only input is {@code x}. */
    static String x(Datatype datatype, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"data\":" + data
                + "}]}";
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** All bytes of a buffer. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] all = new byte[buffer.capacity()];
        buffer.get(0, all);
        return all;
    }

    static int[] ints(ByteBuffer buffer) {
        int[] values = new int[buffer.limit() / 4];
        buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }
}
