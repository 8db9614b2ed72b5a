package dev.sallyport.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session and the names of what goes in and comes out. Inputs in direct memory are read where they are. */
final class OnnxModel implements LoadedModel {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final GraphBinding binding;
    private final Set<String> sources;

    OnnxModel(OrtSession session, GraphBinding binding) {
        this.session = session;
        this.binding = binding;
        this.sources = binding.sources();
    }

    @Override
    public List<Tensor> run(List<Tensor> batch) throws ModelRunException {
        Map<String, OnnxTensor> inputs = LinkedHashMap.newLinkedHashMap(batch.size());
        try {
            for (int i = 0; i < batch.size(); i++) {
                inputs.put(
                        batch.get(i).name(),
                        input(batch.get(i), binding.inputs().get(i)));
            }
            try (OrtSession.Result result = session.run(inputs, sources)) {
                return outputs(result);
            }
        } catch (OrtException e) {
            throw new ModelRunException("ONNX Runtime did not run the graph", e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(Tensor tensor, OnnxJavaType type) throws OrtException {
        return switch (tensor.data()) {
            case TensorData.Fixed fixed ->
                OnnxTensor.createTensor(environment, direct(fixed.buffer()), tensor.shape(), type);
            case TensorData.Bytes bytes ->
                OnnxTensor.createTensor(
                        environment,
                        bytes.values().stream()
                                .map(value -> new String(value, StandardCharsets.UTF_8))
                                .toArray(String[]::new),
                        tensor.shape());
        };
    }

    /** ONNX Runtime keeps the address of a direct buffer, and cannot take another one of bytes for a wider type. */
    private static ByteBuffer direct(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            return buffer;
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(buffer.limit()).order(ByteOrder.LITTLE_ENDIAN);
        return copy.put(0, buffer, 0, buffer.limit());
    }

    private List<Tensor> outputs(OrtSession.Result result) throws OrtException, ModelRunException {
        List<Tensor> outputs = new ArrayList<>(binding.outputs().size());
        for (int i = 0; i < binding.outputs().size(); i++) {
            if (!(result.get(i) instanceof OnnxTensor tensor)) {
                throw new ModelRunException("the graph gave something that is no tensor");
            }
            outputs.add(output(binding.outputs().get(i), tensor));
        }
        return outputs;
    }

    private static Tensor output(GraphBinding.Output output, OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        TensorData data;
        if (info.type == OnnxJavaType.STRING) {
            List<byte[]> values = new ArrayList<>();
            strings(tensor.getValue(), values);
            data = new TensorData.Bytes(values);
        } else {
            data = new TensorData.Fixed(tensor.getByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
        return new Tensor(output.spec().name(), output.spec().datatype(), info.getShape(), data);
    }

    /** Flattens {@code String[]…[]} in row-major order. */
    private static void strings(Object value, List<byte[]> into) {
        if (value instanceof String text) {
            into.add(text.getBytes(StandardCharsets.UTF_8));
        } else {
            for (int i = 0; i < Array.getLength(value); i++) {
                strings(Array.get(value, i), into);
            }
        }
    }

    @Override
    public void close() {
        close(session);
    }

    /** Frees a session; a failure to do so is logged, since nobody can act on it. */
    static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.warn("an ONNX session was not freed", e);
        }
    }
}
