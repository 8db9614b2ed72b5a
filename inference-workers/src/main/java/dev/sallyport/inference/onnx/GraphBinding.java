package dev.sallyport.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A signature matched with a graph.
 *
 * @param inputs types of the inputs that the model reads, in the signature's order
 * @param outputs the graph's outputs that are taken, in the order in which a run gives them
 */
record GraphBinding(List<OnnxJavaType> inputs, List<Output> outputs) {

    /**
     * An output of the graph and what it is declared as.
     *
     * @param source the graph's name of it
     * @param spec the signature's: name and datatype of the tensor that is made of it
     */
    record Output(String source, TensorSpec spec) {}

    GraphBinding {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The graph's names of the outputs taken. */
    Set<String> sources() {
        Set<String> sources = new LinkedHashSet<>();
        outputs.forEach(output -> sources.add(output.source()));
        return sources;
    }

    /**
     * Matches them.
     *
     * @throws ModelLoadException naming the first input or output that does not match
     * @throws OrtException if the graph cannot be asked
     */
    static GraphBinding bind(Signature signature, OrtSession session) throws ModelLoadException, OrtException {
        Map<String, NodeInfo> graphInputs = session.getInputInfo();
        List<TensorSpec> read =
                signature.inputs().stream().filter(signature::reads).toList();
        List<OnnxJavaType> types = new ArrayList<>();
        for (TensorSpec spec : read) {
            types.add(match("input", spec.name(), spec, graphInputs));
        }
        Set<String> unfed = new LinkedHashSet<>(graphInputs.keySet());
        read.forEach(spec -> unfed.remove(spec.name()));
        if (!unfed.isEmpty()) {
            throw new ModelLoadException("the graph has inputs that the signature does not: " + unfed);
        }
        List<Output> outputs = outputs(signature);
        for (Output output : outputs) {
            match("output", output.source(), output.spec(), session.getOutputInfo());
        }
        return new GraphBinding(types, outputs);
    }

    private static List<Output> outputs(Signature signature) {
        Classifier classifier = signature.classifier();
        if (classifier != null) {
            TensorSpec scores = signature.output(classifier.scoresOutput()).orElseThrow();
            return List.of(new Output(classifier.source(), scores));
        }
        return signature.outputs().stream()
                .map(spec -> new Output(spec.name(), spec))
                .toList();
    }

    private static OnnxJavaType match(String what, String name, TensorSpec spec, Map<String, NodeInfo> graph)
            throws ModelLoadException {
        OnnxJavaType type = OnnxTypes.of(spec.datatype(), what + " " + spec.name());
        NodeInfo node = Optional.ofNullable(graph.get(name))
                .orElseThrow(() ->
                        new ModelLoadException("the graph has no " + what + " " + name + "; it has " + graph.keySet()));
        if (!(node.getInfo() instanceof TensorInfo info)) {
            throw new ModelLoadException("the graph's " + what + " " + name + " is no tensor");
        }
        if (info.type != type) {
            throw new ModelLoadException("the graph's " + what + " " + name + " is " + info.type
                    + ", the signature says " + spec.datatype());
        }
        if (!fits(info.getShape(), spec.shape())) {
            throw new ModelLoadException("the graph's " + what + " " + name + " has shape "
                    + List.of(box(info.getShape())) + ", the signature says " + spec.shape());
        }
        return type;
    }

    /** Whether every shape that the signature allows is one that the graph allows, or an output may have. */
    private static boolean fits(long[] graph, List<Long> declared) {
        if (graph.length != declared.size()) {
            return false;
        }
        for (int i = 0; i < graph.length; i++) {
            if (graph[i] >= 0 && graph[i] != declared.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static Long[] box(long[] shape) {
        Long[] boxed = new Long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            boxed[i] = shape[i];
        }
        return boxed;
    }
}
