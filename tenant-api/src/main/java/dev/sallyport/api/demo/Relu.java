package dev.sallyport.api.demo;

import java.util.Map;
import java.util.Set;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/**
 * The rectifier {@code max(0, x)} as an ONNX operator, which Tribuo's own list lacks.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Relu.html">Relu in the ONNX operator set</a>
 */
enum Relu implements ONNXOperator {
    /** The operator as of operator set 13, whose definition of Relu is that of version 13. */
    RELU;

    @Override
    public String getOpName() {
        return "Relu";
    }

    @Override
    public int getNumInputs() {
        return 1;
    }

    @Override
    public int getNumOptionalInputs() {
        return 0;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    public Map<String, ONNXAttribute> getAttributes() {
        return Map.of();
    }

    @Override
    public Set<String> getMandatoryAttributeNames() {
        return Set.of();
    }

    @Override
    public int getOpVersion() {
        return OnnxFile.OPERATOR_SET;
    }

    @Override
    public String getOpDomain() {
        return "";
    }
}
