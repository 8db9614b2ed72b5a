package dev.sallyport.api.oip;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.TensorData;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Takes a tensor's elements one by one from JSON and keeps them as bytes, little-endian. */
final class Elements {
    private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(64);

    private final String label;
    private final Datatype datatype;
    private final int count;
    private final ByteBuffer fixed;
    private final List<byte[]> strings;
    private int filled;

    /**
     * Makes room.
     *
     * @param label names the input in errors
     * @param count elements wanted; its caller has checked that the body is long enough for them
     */
    Elements(String label, Datatype datatype, int count) {
        this.label = label;
        this.datatype = datatype;
        this.count = count;
        this.fixed =
                ByteBuffer.allocate(Math.multiplyExact(count, datatype.size())).order(ByteOrder.LITTLE_ENDIAN);
        this.strings = new ArrayList<>(datatype == Datatype.BYTES ? count : 0);
    }

    /** Reads the next element. */
    void read(JsonScanner json) {
        if (filled == count) {
            throw wrongCount();
        }
        switch (datatype) {
            case FP32 -> fixed.putFloat(filled * Float.BYTES, single(json));
            case FP64 ->
                fixed.putDouble(filled * Double.BYTES, finite(numeric(json).asDouble()));
            case INT64 -> fixed.putLong(filled * Long.BYTES, signed(json, Long.MAX_VALUE));
            case INT32 -> fixed.putInt(filled * Integer.BYTES, (int) signed(json, Integer.MAX_VALUE));
            case INT16 -> fixed.putShort(filled * Short.BYTES, (short) signed(json, Short.MAX_VALUE));
            case INT8 -> fixed.put(filled, (byte) signed(json, Byte.MAX_VALUE));
            case UINT64 -> fixed.putLong(filled * Long.BYTES, unsigned64(json));
            case UINT32 -> fixed.putInt(filled * Integer.BYTES, (int) unsigned(json, 0xFFFF_FFFFL));
            case UINT16 -> fixed.putShort(filled * Short.BYTES, (short) unsigned(json, 0xFFFF));
            case UINT8 -> fixed.put(filled, (byte) unsigned(json, 0xFF));
            case BOOL -> fixed.put(filled, (byte) (bool(json) ? 1 : 0));
            case BYTES -> strings.add(string(json));
            case FP16 ->
                throw new MalformedRequest(
                        ErrorCode.DATATYPE_MISMATCH,
                        label + " is FP16, which JSON cannot carry: send it as a binary tensor");
        }
        filled++;
    }

    /** All of them, once the data has ended. */
    TensorData finish() {
        if (filled != count) {
            throw wrongCount();
        }
        return datatype == Datatype.BYTES ? new TensorData.Bytes(strings) : new TensorData.Fixed(fixed);
    }

    private MalformedRequest wrongCount() {
        return new MalformedRequest(
                ErrorCode.SHAPE_MISMATCH, label + " has not as many elements as its shape asks for (" + count + ")");
    }

    private float single(JsonScanner json) {
        float value = numeric(json).asFloat();
        if (!Float.isFinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    private double finite(double value) {
        if (!Double.isFinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    private long signed(JsonScanner json, long max) {
        NumberScanner number = integer(json);
        long magnitude = number.magnitude();
        // The one magnitude beyond max is that of the least number, which negation leaves as it is.
        boolean least = number.negative() && magnitude == max + 1;
        if (!number.fits() || (!least && (magnitude < 0 || magnitude > max))) {
            throw outOfRange();
        }
        return number.negative() ? -magnitude : magnitude;
    }

    private long unsigned(JsonScanner json, long max) {
        NumberScanner number = integer(json);
        long magnitude = number.magnitude();
        boolean belowZero = number.negative() && magnitude != 0;
        if (!number.fits() || belowZero || magnitude < 0 || magnitude > max) {
            throw outOfRange();
        }
        return magnitude;
    }

    private long unsigned64(JsonScanner json) {
        NumberScanner number = integer(json);
        if (number.negative() && number.magnitude() != 0) {
            throw outOfRange();
        }
        if (number.fits()) {
            return number.magnitude();
        }
        BigInteger value = new BigInteger(number.text());
        if (value.compareTo(UINT64_END) >= 0) {
            throw outOfRange();
        }
        return value.longValue();
    }

    private NumberScanner integer(JsonScanner json) {
        NumberScanner number = numeric(json);
        if (!number.integral()) {
            throw new MalformedRequest(
                    ErrorCode.VALUE_INVALID,
                    label + " is " + datatype + ": write integers without fraction and exponent");
        }
        return number;
    }

    private NumberScanner numeric(JsonScanner json) {
        int first = json.peek();
        if (first != '-' && (first < '0' || first > '9')) {
            throw wrongKind("finite numbers");
        }
        return json.number();
    }

    private boolean bool(JsonScanner json) {
        int first = json.peek();
        if (first != 't' && first != 'f') {
            throw wrongKind("true or false");
        }
        return json.bool();
    }

    private byte[] string(JsonScanner json) {
        if (json.peek() != '"') {
            throw wrongKind("strings");
        }
        return json.stringBytes();
    }

    private MalformedRequest wrongKind(String wanted) {
        return new MalformedRequest(ErrorCode.VALUE_INVALID, label + " is " + datatype + ": its data are " + wanted);
    }

    private MalformedRequest outOfRange() {
        return new MalformedRequest(ErrorCode.VALUE_INVALID, label + " has a number out of the range of " + datatype);
    }
}
