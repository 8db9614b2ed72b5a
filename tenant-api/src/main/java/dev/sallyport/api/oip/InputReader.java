package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of {@code inputs}. Clients send name, shape and datatype before the data; in any other order the data
 * are skipped and read once the rest is known.
 */
final class InputReader {
    private static final int MAX_RANK = 8;
    private static final int MAX_NAME = 128;

    private final JsonScanner json;
    private final String label;
    private @Nullable String name;
    private @Nullable Datatype datatype;
    private long @Nullable [] shape;
    private @Nullable TensorData data;
    private int dataStart = -1;
    private long binarySize = -1;

    /**
     * Prepares to read.
     *
     * @param index zero-based place in {@code inputs}, which is how errors name an input
     */
    InputReader(JsonScanner json, int index) {
        this.json = json;
        this.label = "inputs[" + index + "]";
    }

    /** Reads the object at the scanner's position. */
    void read() {
        Members members = new Members(json, label);
        while (members.next()) {
            switch (members.name()) {
                case "name" -> name = text("name");
                case "datatype" -> datatype = datatype(text("datatype"));
                case "shape" -> shape = shape();
                case "data" -> data();
                case "parameters" -> parameters();
                default -> throw members.unknown("name, shape, datatype, data, parameters");
            }
        }
        if (name == null || datatype == null || shape == null) {
            throw invalid("needs name, shape and datatype");
        }
        if (dataStart >= 0 && binarySize >= 0) {
            throw invalid("has both data and binary_data_size");
        }
        if (dataStart < 0 && binarySize < 0) {
            throw invalid("needs data, or the parameter binary_data_size");
        }
    }

    /** How errors name this input. */
    String label() {
        return label;
    }

    /** Whether the data are yet to be taken from the binary section. */
    boolean binary() {
        return binarySize >= 0;
    }

    /** The tensor; takes its data from the binary section if they are there. */
    Tensor tensor(BinarySection section) {
        if (name == null || datatype == null || shape == null) {
            throw new IllegalStateException("not read");
        }
        if (binary()) {
            data = section.take(label, datatype, binarySize, elements(shape));
        } else if (data == null) {
            int after = json.position();
            json.seek(dataStart);
            data = ShapedData.read(json, label, datatype, shape, bounded(shape));
            json.seek(after);
        }
        return new Tensor(name, datatype, shape, data);
    }

    private void data() {
        json.peek();
        dataStart = json.position();
        if (datatype != null && shape != null) {
            data = ShapedData.read(json, label, datatype, shape, bounded(shape));
        } else {
            json.skipValue();
        }
    }

    /** Elements of JSON data: each takes a byte and a comma, so that no shape asks for room which the body does not fill. */
    private int bounded(long[] dimensions) {
        long count = elements(dimensions);
        if (count > json.remaining() / 2 + 1) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH, label + " has not as many elements as its shape asks for");
        }
        return (int) count;
    }

    private long elements(long[] dimensions) {
        long product = 1;
        for (long dimension : dimensions) {
            if (Math.multiplyHigh(product, dimension) != 0 || product * dimension < 0) {
                throw new MalformedRequest(ErrorCode.SHAPE_MISMATCH, label + ": the shape's element count overflows");
            }
            product *= dimension;
        }
        return product;
    }

    private long[] shape() {
        if (json.peek() != '[') {
            throw invalid("shape is an array of integers");
        }
        json.expect('[');
        long[] dimensions = new long[MAX_RANK];
        int rank = 0;
        while (json.next(rank == 0, ']')) {
            if (rank == MAX_RANK) {
                throw invalid("a shape has at most " + MAX_RANK + " dimensions");
            }
            dimensions[rank++] = dimension();
        }
        if (rank == 0) {
            throw invalid("a shape has at least one dimension, which counts rows");
        }
        return Arrays.copyOf(dimensions, rank);
    }

    private long dimension() {
        NumberScanner number = json.number();
        if (!number.integral() || !number.fits() || number.negative() || number.magnitude() <= 0) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH, label + ": a dimension is an integer from 1 to 9223372036854775807");
        }
        return number.magnitude();
    }

    private void parameters() {
        Parameters.read(json, label + ".parameters", parameter -> {
            switch (parameter) {
                case "binary_data_size" -> binarySize = size();
                case "shared_memory_region", "shared_memory_offset", "shared_memory_byte_size" ->
                    throw new MalformedRequest(ErrorCode.UNSUPPORTED, label + ": shared memory is not supported");
                default -> Parameters.skip(json, label + ".parameters");
            }
        });
    }

    private long size() {
        if (json.peek() == '-') {
            throw new MalformedRequest(ErrorCode.BINARY_MALFORMED, label + ": binary_data_size is negative");
        }
        NumberScanner number = json.number();
        if (!number.integral() || !number.fits() || number.magnitude() < 0) {
            throw new MalformedRequest(ErrorCode.BINARY_MALFORMED, label + ": binary_data_size is a number of bytes");
        }
        return number.magnitude();
    }

    private String text(String member) {
        if (json.peek() != '"') {
            throw invalid(member + " is a string");
        }
        String text = json.string();
        if (text.isEmpty() || text.length() > MAX_NAME) {
            throw invalid(member + " is 1 to " + MAX_NAME + " characters");
        }
        return text;
    }

    private Datatype datatype(String text) {
        for (Datatype candidate : Datatype.values()) {
            if (candidate.name().equals(text)) {
                return candidate;
            }
        }
        throw new MalformedRequest(
                ErrorCode.DATATYPE_MISMATCH, label + ": datatype is one of " + Arrays.toString(Datatype.values()));
    }

    private MalformedRequest invalid(String sentence) {
        return new MalformedRequest(ErrorCode.INPUT_INVALID, label + " " + sentence);
    }
}
