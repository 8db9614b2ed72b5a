package dev.sallyport.inference.guard;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Tensor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at elements one by one. Numbers that are not finite are told by their exponents: all ones is NaN or infinity.
 */
public final class Values {
    private static final int FP16_EXPONENT = 0x7c00;
    private static final int FP32_EXPONENT = 0x7f800000;
    private static final long FP64_EXPONENT = 0x7ff0000000000000L;

    private Values() {}

    /**
     * Whether there is neither NaN nor an infinity among a tensor's elements.
     *
     * @param tensor of any datatype; those that cannot hold such things are always finite
     */
    public static boolean finite(Tensor tensor) {
        return switch (tensor.datatype()) {
            case FP16 -> finite16(tensor.buffer());
            case FP32 -> finite32(tensor.buffer());
            case FP64 -> finite64(tensor.buffer());
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> true;
        };
    }

    static @Nullable String fault(Tensor tensor) {
        if (tensor.datatype() == Datatype.BOOL && !booleans(tensor.buffer())) {
            return "holds a BOOL other than 0 and 1";
        }
        return finite(tensor) ? null : "holds NaN or an infinity";
    }

    static @Nullable String fault(List<byte[]> values) {
        for (byte[] value : values) {
            if (!ascii(value) && !utf8(value)) {
                return "holds BYTES that are not UTF-8";
            }
        }
        return null;
    }

    private static boolean finite16(ByteBuffer data) {
        for (int i = 0; i < data.limit(); i += Short.BYTES) {
            if ((data.getShort(i) & FP16_EXPONENT) == FP16_EXPONENT) {
                return false;
            }
        }
        return true;
    }

    private static boolean finite32(ByteBuffer data) {
        for (int i = 0; i < data.limit(); i += Integer.BYTES) {
            if ((data.getInt(i) & FP32_EXPONENT) == FP32_EXPONENT) {
                return false;
            }
        }
        return true;
    }

    private static boolean finite64(ByteBuffer data) {
        for (int i = 0; i < data.limit(); i += Long.BYTES) {
            if ((data.getLong(i) & FP64_EXPONENT) == FP64_EXPONENT) {
                return false;
            }
        }
        return true;
    }

    private static boolean booleans(ByteBuffer data) {
        for (int i = 0; i < data.limit(); i++) {
            if ((data.get(i) & ~1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascii(byte[] value) {
        for (byte b : value) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean utf8(byte[] value) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(ByteBuffer.wrap(value), CharBuffer.allocate(value.length), true);
        return !result.isError();
    }
}
