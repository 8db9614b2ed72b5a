package dev.sallyport.inference;

import java.util.List;

/**
 * A model version that is ready to run. A lane calls it from one thread at a time, not always the same.
 */
public interface LoadedModel extends AutoCloseable {

    /**
     * Runs a batch.
     *
     * @param batch the inputs that {@linkplain Signature#reads(TensorSpec) the model reads}, in the signature's order,
     *     all with the same number of rows; checked by the guard. Not kept after the call
     * @return the signature's outputs in its order, with as many rows; for a classifier the scores alone (FP32
     *     {@code [rows, classes]}), from which the worker derives the label. Valid until the next call
     * @throws ModelRunException if the model fails on this batch
     */
    List<Tensor> run(List<Tensor> batch) throws ModelRunException;

    /** Frees what the model holds; no run follows. */
    @Override
    void close();
}
