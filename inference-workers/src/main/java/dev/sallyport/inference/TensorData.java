package dev.sallyport.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor's elements in row-major order. Contents are not copied: whoever passes data on no longer writes to it. */
public sealed interface TensorData {

    /**
     * Elements of a fixed size.
     *
     * @param buffer little-endian, from position 0 to its limit; direct or on the heap. Readers use absolute access or
     *     a duplicate, so that many may read it at once
     */
    record Fixed(ByteBuffer buffer) implements TensorData {
        /** @throws IllegalArgumentException if the buffer is big-endian or does not begin at position 0 */
        public Fixed {
            if (buffer.order() != ByteOrder.LITTLE_ENDIAN || buffer.position() != 0) {
                throw new IllegalArgumentException("tensor data is little-endian and begins at position 0");
            }
        }
    }

    /**
     * Byte strings.
     *
     * @param values one an element, not to be modified
     */
    record Bytes(List<byte[]> values) implements TensorData {
        public Bytes {
            values = List.copyOf(values);
        }
    }
}
