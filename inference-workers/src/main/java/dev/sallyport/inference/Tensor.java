package dev.sallyport.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A named tensor with its contents, row-major. The first dimension counts rows. Nothing here checks that the contents
 * fit the shape: the guard does, once, where the tensor is used.
 *
 * @param name as the signature declares it
 * @param datatype type of every element
 * @param shape dimensions, none negative; not to be modified
 * @param data {@link TensorData.Bytes} exactly for {@link Datatype#BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box each dimension of each request
public record Tensor(String name, Datatype datatype, long[] shape, TensorData data) {

    /** @throws IllegalArgumentException if the kind of data does not belong to the datatype */
    public Tensor {
        if ((datatype == Datatype.BYTES) != (data instanceof TensorData.Bytes)) {
            throw new IllegalArgumentException("data of tensor " + name + " does not belong to " + datatype);
        }
    }

    /**
     * A tensor of single-precision numbers.
     *
     * @param values row-major; copied
     */
    public static Tensor floats(String name, long[] shape, float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return new Tensor(name, Datatype.FP32, shape, new TensorData.Fixed(buffer));
    }

    /**
     * A tensor of 32-bit integers.
     *
     * @param values row-major; copied
     */
    public static Tensor ints(String name, long[] shape, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        return new Tensor(name, Datatype.INT32, shape, new TensorData.Fixed(buffer));
    }

    /** A tensor of byte strings. */
    public static Tensor bytes(String name, long[] shape, List<byte[]> values) {
        return new Tensor(name, Datatype.BYTES, shape, new TensorData.Bytes(values));
    }

    /** Rows: the first dimension; 0 for a tensor without dimensions. */
    public long rows() {
        return shape.length == 0 ? 0 : shape[0];
    }

    /**
     * Elements that the shape asks for.
     *
     * @throws ArithmeticException if there are more than a {@code long} counts
     */
    public long elements() {
        long product = 1;
        for (long dimension : shape) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }

    /**
     * The bytes of a tensor of fixed-size elements.
     *
     * @return the shared little-endian buffer
     * @throws IllegalStateException for {@link Datatype#BYTES}
     */
    public ByteBuffer buffer() {
        return switch (data) {
            case TensorData.Fixed fixed -> fixed.buffer();
            case TensorData.Bytes ignored -> throw new IllegalStateException(name + " holds byte strings");
        };
    }

    /**
     * A view of single-precision elements; writing to it writes to the tensor.
     *
     * @throws IllegalStateException if the elements are of another type
     */
    public FloatBuffer asFloats() {
        if (datatype != Datatype.FP32) {
            throw new IllegalStateException(name + " is " + datatype);
        }
        return buffer().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /**
     * The byte strings of a {@link Datatype#BYTES} tensor.
     *
     * @throws IllegalStateException if the elements have a fixed size
     */
    public List<byte[]> strings() {
        return switch (data) {
            case TensorData.Bytes bytes -> bytes.values();
            case TensorData.Fixed ignored -> throw new IllegalStateException(name + " is " + datatype);
        };
    }

    /** Name, datatype and shape, never contents: safe in a log line. */
    @Override
    public String toString() {
        return name + " " + datatype + Arrays.toString(shape);
    }
}
