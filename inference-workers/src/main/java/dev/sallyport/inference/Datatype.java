package dev.sallyport.inference;

/**
 * An element type of the Open Inference Protocol. The constants' names are the protocol's own and are
 * case-sensitive.
 */
public enum Datatype {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    FP32(4),
    FP64(8),
    /** Byte strings of any length each. */
    BYTES(0);

    private final int size;

    Datatype(int size) {
        this.size = size;
    }

    /**
     * Bytes of one element.
     *
     * @return 1, 2, 4 or 8; 0 for {@link #BYTES}, whose elements vary
     */
    public int size() {
        return size;
    }

    /** Whether values may be NaN or infinite. */
    public boolean floating() {
        return this == FP16 || this == FP32 || this == FP64;
    }
}
