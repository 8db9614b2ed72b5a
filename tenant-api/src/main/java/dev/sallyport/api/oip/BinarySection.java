package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The bytes after a request's JSON: its binary tensors, one after the other, little-endian. */
final class BinarySection {
    private final byte[] body;
    private final boolean present;
    private int position;

    /**
     * Finds where the section begins.
     *
     * @param present whether the request says how long its JSON is
     * @param start length of the JSON
     */
    BinarySection(byte[] body, boolean present, int start) {
        this.body = body;
        this.present = present;
        this.position = start;
    }

    /**
     * Takes the next tensor. What fixed-size tensors get is a view of the body.
     *
     * @param label names the input in errors
     * @param size bytes, as the request says
     * @param count elements that the shape asks for, at least 1
     */
    TensorData take(String label, Datatype datatype, long size, long count) {
        if (!present) {
            throw malformed(label + " says binary_data_size, but there is no header Inference-Header-Content-Length");
        }
        if (size > body.length - position) {
            throw malformed(label + " says more binary bytes than the body has left");
        }
        ByteBuffer view = ByteBuffer.wrap(body, position, (int) size).slice().order(ByteOrder.LITTLE_ENDIAN);
        position += (int) size;
        if (datatype == Datatype.BYTES) {
            return new TensorData.Bytes(strings(label, view, count));
        }
        // The size is at most the body's, so that a product which overflows cannot equal it.
        if (count > Integer.MAX_VALUE || size != count * datatype.size()) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH, label + ": binary_data_size is not what its shape and datatype ask for");
        }
        check(label, datatype, view);
        return new TensorData.Fixed(view);
    }

    /** Refuses bytes that no tensor has claimed. */
    void finish() {
        if (position != body.length) {
            throw malformed("the body has bytes left over after its binary tensors");
        }
    }

    private static List<byte[]> strings(String label, ByteBuffer view, long count) {
        List<byte[]> strings = new ArrayList<>((int) Math.min(count, view.capacity() / Integer.BYTES));
        while (view.hasRemaining()) {
            if (view.remaining() < Integer.BYTES) {
                throw malformed(label + " ends within the length of a byte string");
            }
            long length = Integer.toUnsignedLong(view.getInt());
            if (length > view.remaining()) {
                throw malformed(label + " ends within a byte string");
            }
            byte[] value = new byte[(int) length];
            view.get(value);
            strings.add(value);
        }
        if (strings.size() != count) {
            throw new MalformedRequest(
                    ErrorCode.SHAPE_MISMATCH, label + " has not as many byte strings as its shape asks for");
        }
        return strings;
    }

    private static void check(String label, Datatype datatype, ByteBuffer view) {
        boolean good = switch (datatype) {
            case FP16 -> finite(view, Short.BYTES, 0x7C00);
            case FP32 -> finite(view, Float.BYTES, 0x7F80_0000);
            case FP64 -> finite(view, Double.BYTES, 0x7FF0_0000_0000_0000L);
            case BOOL -> booleans(view);
            default -> true;
        };
        if (!good) {
            throw new MalformedRequest(
                    ErrorCode.VALUE_INVALID,
                    label + " is " + datatype + ": its data are "
                            + (datatype == Datatype.BOOL ? "0 or 1" : "finite numbers"));
        }
    }

    /** Whether no element has all bits of its exponent set, which is what NaN and the infinities have. */
    private static boolean finite(ByteBuffer view, int size, long exponent) {
        for (int at = 0; at < view.limit(); at += size) {
            long bits = switch (size) {
                case Short.BYTES -> view.getShort(at);
                case Float.BYTES -> view.getInt(at);
                default -> view.getLong(at);
            };
            if ((bits & exponent) == exponent) {
                return false;
            }
        }
        return true;
    }

    private static boolean booleans(ByteBuffer view) {
        for (int at = 0; at < view.limit(); at++) {
            if ((view.get(at) & ~1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static MalformedRequest malformed(String sentence) {
        return new MalformedRequest(ErrorCode.BINARY_MALFORMED, sentence);
    }
}
