package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.TensorData;

/** Reads a tensor's {@code data} from JSON: flat, or nested exactly as the shape says. */
final class ShapedData {
    private final JsonScanner json;
    private final String label;
    private final long[] shape;
    private final Elements elements;
    /** Values seen so far in each open array; index 0 is the outermost. */
    private final long[] counts;

    private int depth;
    private int leafDepth;

    private ShapedData(JsonScanner json, String label, long[] shape, Elements elements) {
        this.json = json;
        this.label = label;
        this.shape = shape;
        this.elements = elements;
        this.counts = new long[shape.length];
    }

    /**
     * Reads an array at the scanner's position.
     *
     * @param label names the input in errors
     * @param count product of the shape, bounded by the body's length
     */
    static TensorData read(JsonScanner json, String label, Datatype datatype, long[] shape, int count) {
        Elements elements = new Elements(label, datatype, count);
        new ShapedData(json, label, shape, elements).read();
        return elements.finish();
    }

    private void read() {
        if (json.peek() != '[') {
            throw wrongForm();
        }
        do {
            while (json.peek() == '[') {
                open();
            }
            value();
            while (depth > 0 && !more()) {
                depth--;
            }
        } while (depth > 0);
    }

    private void open() {
        if (depth == shape.length) {
            throw wrongForm();
        }
        json.expect('[');
        counts[depth++] = 1;
        if (json.peek() == ']') {
            throw wrongForm();
        }
    }

    private void value() {
        if (leafDepth == 0) {
            leafDepth = depth;
        }
        if (depth != leafDepth || (depth != 1 && depth != shape.length)) {
            throw wrongForm();
        }
        elements.read(json);
    }

    /** Whether the innermost open array goes on; if not, it has its shape's length. */
    private boolean more() {
        if (json.next(false, ']')) {
            counts[depth - 1]++;
            return true;
        }
        if (leafDepth > 1 && counts[depth - 1] != shape[depth - 1]) {
            throw wrongForm();
        }
        return false;
    }

    private MalformedRequest wrongForm() {
        return new MalformedRequest(
                ErrorCode.SHAPE_MISMATCH, label + ": data is an array, flat or nested as the shape says");
    }
}
