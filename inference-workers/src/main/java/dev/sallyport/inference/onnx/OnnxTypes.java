package dev.sallyport.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.ModelLoadException;

/** The protocol's datatypes as ONNX Runtime's Java interface names them; it has no unsigned ones beyond eight bits. */
final class OnnxTypes {
    private OnnxTypes() {}

    /**
     * The type for a datatype.
     *
     * @param where what declares it, for the error
     * @throws ModelLoadException if there is none
     */
    static OnnxJavaType of(Datatype datatype, String where) throws ModelLoadException {
        return switch (datatype) {
            case BOOL -> OnnxJavaType.BOOL;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case FP16 -> OnnxJavaType.FLOAT16;
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case BYTES -> OnnxJavaType.STRING;
            case UINT16, UINT32, UINT64 ->
                throw new ModelLoadException(where + " is " + datatype
                        + ", which ONNX Runtime does not take from Java; use a signed type or UINT8");
        };
    }
}
