package dev.sallyport.api.demo;

import ai.onnx.proto.OnnxMl;

/** Wraps graphs as ONNX files. */
final class OnnxFile {
    /** The operator set that the demo's graphs are written in. */
    static final int OPERATOR_SET = 13;

    /** The file format's version: the one that came with operator set 13's generation of tools. */
    private static final int IR_VERSION = 6;

    private OnnxFile() {}

    /**
     * The bytes of an ONNX file.
     *
     * @param graph a graph of operators of set 13
     * @return a serialised {@code ModelProto}
     */
    static byte[] of(OnnxMl.GraphProto graph) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sallyport-demo")
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
