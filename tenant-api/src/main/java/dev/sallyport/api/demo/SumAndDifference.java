package dev.sallyport.api.demo;

import ai.onnx.proto.OnnxMl;
import java.util.List;

/**
 * The demo's {@code simple}: the sum and the difference of two rows of sixteen integers, as in Triton's sample of that
 * name, so that every client's first example works.
 */
final class SumAndDifference {
    /** Sixteen integers in one row: the shape of all four tensors, INT32. */
    static final List<Long> SHAPE = List.of(1L, 16L);

    /** The two inputs. */
    static final List<String> INPUTS = List.of("INPUT0", "INPUT1");

    /** The sum, then the difference. */
    static final List<String> OUTPUTS = List.of("OUTPUT0", "OUTPUT1");

    private SumAndDifference() {}

    /**
     * The model; there is nothing to train.
     *
     * @return an ONNX file
     */
    static byte[] onnx() {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("simple");
        INPUTS.forEach(name -> graph.addInput(integers(name)));
        OUTPUTS.forEach(name -> graph.addOutput(integers(name)));
        return OnnxFile.of(graph.addNode(node("Add", OUTPUTS.get(0)))
                .addNode(node("Sub", OUTPUTS.get(1)))
                .build());
    }

    private static OnnxMl.NodeProto node(String operator, String output) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator)
                .addAllInput(INPUTS)
                .addOutput(output)
                .build();
    }

    private static OnnxMl.ValueInfoProto integers(String name) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        SHAPE.forEach(size ->
                shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        OnnxMl.TypeProto.Tensor tensor = OnnxMl.TypeProto.Tensor.newBuilder()
                .setElemType(OnnxMl.TensorProto.DataType.INT32.getNumber())
                .setShape(shape)
                .build();
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
