package dev.sallyport.inference.tribuo;

import dev.sallyport.inference.Tensor;
import java.nio.ByteBuffer;

/** Reads an element of any numeric datatype as the {@code double} that Tribuo computes with. */
final class Numbers {
    private Numbers() {}

    /**
     * One element.
     *
     * @param index of the element, row-major
     * @throws IllegalStateException if the tensor holds byte strings
     */
    static double read(Tensor tensor, int index) {
        ByteBuffer data = tensor.buffer();
        return switch (tensor.datatype()) {
            case BOOL, UINT8 -> data.get(index) & 0xff;
            case INT8 -> data.get(index);
            case UINT16 -> data.getShort(index * Short.BYTES) & 0xffff;
            case INT16 -> data.getShort(index * Short.BYTES);
            case UINT32 -> data.getInt(index * Integer.BYTES) & 0xffffffffL;
            case INT32 -> data.getInt(index * Integer.BYTES);
            case UINT64 -> unsigned(data.getLong(index * Long.BYTES));
            case INT64 -> data.getLong(index * Long.BYTES);
            case FP16 -> Float.float16ToFloat(data.getShort(index * Short.BYTES));
            case FP32 -> data.getFloat(index * Float.BYTES);
            case FP64 -> data.getDouble(index * Double.BYTES);
            case BYTES -> throw new IllegalStateException(tensor.name() + " holds byte strings");
        };
    }

    /** The lowest bit is below what a {@code double} of this size keeps. */
    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
