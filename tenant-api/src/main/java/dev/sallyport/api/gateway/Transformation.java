package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.policy.Inspection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out what an inspection asks: texts replaced, fields taken away. Tensors that change are copied, so that the
 * request can be decided again. What cannot be carried out denies.
 */
final class Transformation {
    private final SentFields fields;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final int rows;

    private Transformation(InferRequest request, SentFields fields) {
        this.fields = fields;
        this.rows = request.rows();
        request.inputs().forEach(tensor -> tensors.put(tensor.name(), tensor));
        request.undeclared().forEach(tensor -> tensors.put(tensor.name(), tensor));
    }

    /**
     * The tensors that go to the model.
     *
     * @throws CallRefused 403 if an obligation cannot be carried out; 400 if a tensor is left that the model does not
     *     declare
     */
    static List<Tensor> apply(Inspection inspection, InferRequest request, SentFields fields) {
        boolean nothing = inspection.replaced().isEmpty()
                && inspection.dropped().isEmpty()
                && request.undeclared().isEmpty();
        return nothing ? request.inputs() : new Transformation(request, fields).apply(inspection, request);
    }

    private List<Tensor> apply(Inspection inspection, InferRequest request) {
        inspection.replaced().forEach(this::replace);
        inspection.dropped().forEach(this::drop);
        for (Tensor stranger : request.undeclared()) {
            if (tensors.containsKey(stranger.name())) {
                throw new CallRefused(Denial.of(
                        ErrorCode.INPUT_UNKNOWN,
                        "inputs has a tensor that the model does not declare; see its metadata"));
            }
        }
        return List.copyOf(tensors.values());
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("a tensor taken away twice");
        }
        return tensor;
    }

    private void replace(String name, List<String> texts) {
        Field field = fields.field(name);
        Tensor tensor = tensor(field.tensor());
        if (tensor.datatype() != Datatype.BYTES) {
            throw unable(name);
        }
        List<byte[]> strings = new ArrayList<>(tensor.strings());
        int width = strings.size() / rows;
        if (field.column() == Field.WHOLE && width != 1) {
            throw unable(name);
        }
        for (int row = 0; row < rows; row++) {
            strings.set(
                    row * width + Math.max(field.column(), 0), texts.get(row).getBytes(StandardCharsets.UTF_8));
        }
        put(tensor, new TensorData.Bytes(strings));
    }

    private void drop(String name) {
        Field field = fields.field(name);
        Tensor tensor = tensor(field.tensor());
        if (!fields.declared(name)) {
            tensors.remove(tensor.name());
        } else if (tensor.datatype() == Datatype.BYTES) {
            dropText(field, tensor);
        } else if (field.missing() != null) {
            dropNumber(field, tensor, field.missing());
        } else {
            throw unable(name);
        }
    }

    private void dropText(Field field, Tensor tensor) {
        List<byte[]> strings = new ArrayList<>(tensor.strings());
        int width = strings.size() / rows;
        if (field.column() == Field.WHOLE) {
            Collections.fill(strings, new byte[0]);
        } else {
            for (int row = 0; row < rows; row++) {
                strings.set(row * width + field.column(), new byte[0]);
            }
        }
        put(tensor, new TensorData.Bytes(strings));
    }

    private void dropNumber(Field field, Tensor tensor, double missing) {
        ByteBuffer source = tensor.buffer();
        ByteBuffer copy = ByteBuffer.allocate(source.limit()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(0, source, 0, source.limit());
        int size = tensor.datatype().size();
        int elements = source.limit() / size;
        int width = elements / rows;
        boolean whole = field.column() == Field.WHOLE;
        for (int at = whole ? 0 : field.column(); at < elements; at += whole ? 1 : width) {
            put(copy, at * size, tensor.datatype(), missing);
        }
        put(tensor, new TensorData.Fixed(copy));
    }

    private static void put(ByteBuffer buffer, int at, Datatype datatype, double value) {
        switch (datatype) {
            case FP32 -> buffer.putFloat(at, (float) value);
            case FP64 -> buffer.putDouble(at, value);
            case FP16 -> buffer.putShort(at, Float.floatToFloat16((float) value));
            case INT64, UINT64 -> buffer.putLong(at, (long) value);
            case INT32, UINT32 -> buffer.putInt(at, (int) (long) value);
            case INT16, UINT16 -> buffer.putShort(at, (short) (long) value);
            case INT8, UINT8, BOOL -> buffer.put(at, (byte) (long) value);
            case BYTES -> throw new IllegalStateException("byte strings are no numbers");
        }
    }

    private void put(Tensor tensor, TensorData data) {
        tensors.put(tensor.name(), new Tensor(tensor.name(), tensor.datatype(), tensor.shape(), data));
    }

    private static CallRefused unable(String field) {
        return new CallRefused(Denial.of(
                ErrorCode.OBLIGATION_UNMET,
                "the policy asks for a change of field " + field + " that its form does not allow"));
    }
}
