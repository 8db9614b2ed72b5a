package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Tensor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Writes an {@link Answer} as the protocol's response: data always flat, binary tensors after the JSON. */
public final class AnswerWriter {
    private static final int FRAME = 512;
    private static final int ELEMENT = 8;

    private AnswerWriter() {}

    /**
     * A response's body but for its receipt, which is known only when the record is committed.
     *
     * @param body as below
     * @param jsonLength as below
     * @param end where its parameters end
     */
    public record Draft(Buffer body, int jsonLength, int end) {
        /** The body with its receipt, whose text needs no escape. */
        public Encoded with(String receipt) {
            String member = ",\"receipt\":\"" + receipt + '"';
            Buffer whole = Buffer.buffer(body.length() + member.length())
                    .appendBuffer(body, 0, end)
                    .appendString(member)
                    .appendBuffer(body, end, body.length() - end);
            return new Encoded(whole, jsonLength < 0 ? jsonLength : jsonLength + member.length());
        }
    }

    /**
     * A response's body.
     *
     * @param body JSON, followed by the binary tensors if there are any
     * @param jsonLength bytes of the JSON where binary tensors follow, to be said in the header
     *     {@value RequestReader#JSON_LENGTH_HEADER}; −1 where none does
     */
    public record Encoded(Buffer body, int jsonLength) {}

    /**
     * Writes an answer. Byte strings that are not UTF-8 lose what is not when they are asked for in JSON: JSON has no
     * form for them.
     *
     * @param binary whether the output of a name is written as a binary tensor
     * @throws IllegalStateException if an output holds NaN or an infinity, or is FP16 and not binary
     */
    public static Draft write(Answer answer, Predicate<String> binary) {
        JsonBytes json = new JsonBytes(FRAME + ELEMENT * elements(answer.outputs()));
        boolean anyBinary = false;
        int end = head(json, answer);
        json.raw(",\"outputs\":[");
        String separator = "";
        for (Tensor output : answer.outputs()) {
            json.raw(separator);
            separator = ",";
            boolean asBinary = binary.test(output.name());
            anyBinary |= asBinary;
            tensor(json, output, asBinary);
        }
        json.raw("]}");
        Buffer body = json.toBuffer();
        if (!anyBinary) {
            return new Draft(body, -1, end);
        }
        answer.outputs().stream().filter(o -> binary.test(o.name())).forEach(o -> append(body, o));
        return new Draft(body, json.length(), end);
    }

    private static int elements(List<Tensor> outputs) {
        long sum = 0;
        for (Tensor output : outputs) {
            sum += output.elements();
        }
        return (int) Math.min(sum, 1 << 20);
    }

    /** Returns where the parameters end. */
    private static int head(JsonBytes json, Answer answer) {
        json.raw("{\"model_name\":").string(answer.model());
        json.raw(",\"model_version\":").string(answer.version());
        if (answer.id() != null) {
            json.raw(",\"id\":").string(answer.id());
        }
        json.raw(",\"parameters\":{\"record\":").string(answer.record());
        json.raw(",\"policy\":").string(answer.policy());
        json.raw(",\"disclosure\":").string(answer.disclosure());
        answer.budgetRemaining()
                .ifPresent(rows -> json.raw(",\"budget_remaining\":").number(rows));
        int end = json.length();
        json.raw('}');
        return end;
    }

    private static void tensor(JsonBytes json, Tensor tensor, boolean binary) {
        json.raw("{\"name\":").string(tensor.name());
        json.raw(",\"datatype\":\"").raw(tensor.datatype().name()).raw("\",\"shape\":[");
        String separator = "";
        for (long dimension : tensor.shape()) {
            json.raw(separator).number(dimension);
            separator = ",";
        }
        if (binary) {
            json.raw("],\"parameters\":{\"binary_data_size\":")
                    .number(binarySize(tensor))
                    .raw("}}");
        } else {
            json.raw("],\"data\":[");
            data(json, tensor);
            json.raw("]}");
        }
    }

    private static void data(JsonBytes json, Tensor tensor) {
        if (tensor.datatype() == Datatype.BYTES) {
            String separator = "";
            for (byte[] value : tensor.strings()) {
                json.raw(separator).string(utf8(value));
                separator = ",";
            }
            return;
        }
        ByteBuffer data = tensor.buffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            element(json, tensor.datatype(), data);
            if (data.hasRemaining()) {
                json.raw(',');
            }
        }
    }

    private static void element(JsonBytes json, Datatype datatype, ByteBuffer data) {
        switch (datatype) {
            case FP32 -> json.number(data.getFloat());
            case FP64 -> json.number(data.getDouble());
            case INT64 -> json.number(data.getLong());
            case INT32 -> json.number((long) data.getInt());
            case INT16 -> json.number((long) data.getShort());
            case INT8 -> json.number((long) data.get());
            case UINT64 -> json.unsigned(data.getLong());
            case UINT32 -> json.number(Integer.toUnsignedLong(data.getInt()));
            case UINT16 -> json.number((long) Short.toUnsignedInt(data.getShort()));
            case UINT8 -> json.number((long) Byte.toUnsignedInt(data.get()));
            case BOOL -> json.raw(data.get() == 0 ? "false" : "true");
            case FP16, BYTES -> throw new IllegalStateException(datatype + " has no element in JSON");
        }
    }

    private static byte[] utf8(byte[] value) {
        for (byte b : value) {
            if (b < 0) {
                return new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
        }
        return value;
    }

    private static long binarySize(Tensor tensor) {
        if (tensor.datatype() == Datatype.BYTES) {
            return tensor.strings().stream()
                    .mapToLong(value -> Integer.BYTES + value.length)
                    .sum();
        }
        return tensor.buffer().limit();
    }

    private static void append(Buffer body, Tensor tensor) {
        if (tensor.datatype() == Datatype.BYTES) {
            for (byte[] value : tensor.strings()) {
                body.appendIntLE(value.length).appendBytes(value);
            }
        } else {
            byte[] data = new byte[tensor.buffer().limit()];
            tensor.buffer().duplicate().get(data);
            body.appendBytes(data);
        }
    }
}
