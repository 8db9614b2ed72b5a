package dev.sallyport.inference.guard;

import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.inference.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request's tensors against one signature: names, datatypes, shapes, rows and sizes, no NaN, no infinity, BOOL
 * 0 or 1, BYTES in UTF-8 (otherwise what a detector reads and what a model reads could differ). Immutable, for use by
 * many threads.
 */
public final class InputGuard {
    private final Signature signature;
    private final List<TensorSpec> read;

    /** @param signature what the model version declares */
    public InputGuard(Signature signature) {
        this.signature = signature;
        this.read = signature.inputs().stream().filter(signature::reads).toList();
    }

    /** The inputs that the model reads, in the signature's order; the others may be left out of a request. */
    public List<TensorSpec> read() {
        return read;
    }

    /**
     * Looks for the first thing wrong.
     *
     * @param inputs in any order
     * @param rows that each of them must have
     * @return empty if all is well, otherwise a sentence that names the tensor and what is expected, never a value
     */
    public Optional<String> fault(List<Tensor> inputs, int rows) {
        boolean[] seen = new boolean[signature.inputs().size()];
        for (Tensor tensor : inputs) {
            int index = index(tensor.name());
            if (index < 0) {
                return Optional.of("input " + tensor.name() + " is not one of this model's: " + names());
            }
            if (seen[index]) {
                return Optional.of("input " + tensor.name() + " is given twice");
            }
            seen[index] = true;
            String fault = fault(tensor, signature.inputs().get(index), rows);
            if (fault != null) {
                return Optional.of("input " + tensor.name() + " " + fault);
            }
        }
        return missing(seen);
    }

    private Optional<String> missing(boolean[] seen) {
        for (TensorSpec spec : read) {
            if (!seen[index(spec.name())]) {
                return Optional.of(
                        "input " + spec.name() + " is missing; it is " + spec.datatype() + " " + spec.shape());
            }
        }
        return Optional.empty();
    }

    private int index(String name) {
        List<TensorSpec> inputs = signature.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private String names() {
        return String.join(
                ", ", signature.inputs().stream().map(TensorSpec::name).toList());
    }

    private static @Nullable String fault(Tensor tensor, TensorSpec spec, int rows) {
        if (tensor.datatype() != spec.datatype()) {
            return "is " + tensor.datatype() + ", not " + spec.datatype();
        }
        if (!fits(tensor.shape(), spec.shape())) {
            return "has shape " + Arrays.toString(tensor.shape()) + ", not " + spec.shape();
        }
        if (tensor.rows() != rows) {
            return "has " + tensor.rows() + " rows, not " + rows;
        }
        long elements;
        try {
            elements = tensor.elements();
        } catch (ArithmeticException e) {
            return "has more elements than can be counted";
        }
        return switch (tensor.data()) {
            case TensorData.Fixed fixed ->
                elements <= Integer.MAX_VALUE
                                && fixed.buffer().limit()
                                        == elements * spec.datatype().size()
                        ? Values.fault(tensor)
                        : size(
                                elements,
                                fixed.buffer().limit() / spec.datatype().size());
            case TensorData.Bytes bytes ->
                bytes.values().size() == elements
                        ? Values.fault(bytes.values())
                        : size(elements, bytes.values().size());
        };
    }

    private static boolean fits(long[] shape, List<Long> declared) {
        if (shape.length != declared.size()) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            long dimension = declared.get(i);
            if (dimension == TensorSpec.VARIABLE ? shape[i] < 1 : shape[i] != dimension) {
                return false;
            }
        }
        return true;
    }

    private static String size(long elements, long given) {
        return "asks for " + elements + " elements, which is not what its data holds (" + given + ")";
    }
}
