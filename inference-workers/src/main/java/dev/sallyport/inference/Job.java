package dev.sallyport.inference;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.Obligations;
import dev.sallyport.policy.TenantId;
import java.util.List;

/**
 * A call that the gateway has admitted, for the worker to run. Crosses the event bus by reference: its sender no longer
 * touches it.
 *
 * @param id the record's id, minted by the gateway
 * @param tenant the caller's
 * @param owner the model's
 * @param model the owner's name of the model
 * @param version which of its versions
 * @param modelDigest artefact that the decision was made for, SHA-256 in lower-case hex; another one is not run
 * @param inputs the request's tensors after inspection, in any order
 * @param rows rows of every input, at least 1
 * @param outputs names of the outputs asked for; empty for all
 * @param policyDigest policy under which it was admitted
 * @param obligations what is due on the way out
 * @param deadlineNanos on the scale of {@link System#nanoTime()}: not run after this
 */
public record Job(
        String id,
        TenantId tenant,
        TenantId owner,
        ModelName model,
        ModelVersion version,
        String modelDigest,
        List<Tensor> inputs,
        int rows,
        List<String> outputs,
        String policyDigest,
        Obligations obligations,
        long deadlineNanos) {

    /** @throws IllegalArgumentException if there is no row */
    public Job {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (rows < 1) {
            throw new IllegalArgumentException("a job has a row");
        }
    }

    /** The model version that is to run. */
    public ModelRef ref() {
        return new ModelRef(owner, model, version);
    }

    /** Ids and counts, never contents: safe in a log line. */
    @Override
    public String toString() {
        return "Job[" + id + " " + ref() + " rows=" + rows + "]";
    }
}
