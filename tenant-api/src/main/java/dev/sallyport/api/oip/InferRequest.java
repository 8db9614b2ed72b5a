package dev.sallyport.api.oip;

import dev.sallyport.inference.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inference request whose tensors fit the model's signature.
 *
 * @param id echoed in the answer; null when there is none
 * @param inputs the tensors that the signature declares, in the request's order; their buffers are the request's own
 * @param undeclared tensors that the signature does not declare, which only a policy can let pass
 * @param rows the first dimension of every tensor, at least 1
 * @param outputs the outputs asked for; empty for all
 * @param binary whether an output that {@code outputs} does not name is answered as a binary tensor
 * @param purpose the parameter {@code purpose}; null when there is none
 * @param subject the parameter {@code subject}, asserted for all rows; null when there is none
 * @param subjects the tensor {@code sallyport_subject}, one a row; empty when there is none
 */
public record InferRequest(
        @Nullable String id,
        List<Tensor> inputs,
        List<Tensor> undeclared,
        int rows,
        List<OutputRequest> outputs,
        boolean binary,
        @Nullable String purpose,
        @Nullable String subject,
        List<String> subjects) {
    /** Copies the lists. */
    public InferRequest {
        inputs = List.copyOf(inputs);
        undeclared = List.copyOf(undeclared);
        outputs = List.copyOf(outputs);
        subjects = List.copyOf(subjects);
    }

    /** Whether an output is to be answered as a binary tensor. */
    public boolean binary(String output) {
        for (OutputRequest request : outputs) {
            if (request.name().equals(output)) {
                return request.binary();
            }
        }
        return binary;
    }

    /** Counts only, never contents: safe in a log line. */
    @Override
    public String toString() {
        return "InferRequest[rows=" + rows + " inputs=" + inputs + "]";
    }
}
