package dev.sallyport.inference.lane;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.inference.guard.InputGuard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs of one model together and answers each of them, whatever happens. A batch that fails is run again job by
 * job, so that one bad request does not fail its neighbours. Used by one thread at a time.
 */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final ModelRef ref;
    private final LoadedModel model;
    private final LaneListener listener;
    private final LongSupplier nanos;
    private final Signature signature;
    private final List<TensorSpec> given;
    private final InputGuard guard;
    private final Batch batch;
    private final OutputGate gate;

    Runner(ModelManifest manifest, LoadedModel model, LaneListener listener, InstantSource clock, LongSupplier nanos) {
        this.ref = manifest.ref();
        this.model = model;
        this.listener = listener;
        this.nanos = nanos;
        this.signature = manifest.signature();
        this.given = Batch.given(signature);
        this.guard = new InputGuard(signature);
        this.batch = new Batch(guard.read());
        this.gate = new OutputGate(signature, clock);
    }

    /**
     * Runs and answers jobs.
     *
     * @param taken at least one; more only if the signature is batchable
     */
    void run(List<Pending> taken) {
        long start = nanos.getAsLong();
        List<Pending> ready = new ArrayList<>(taken.size());
        long queued = 0;
        for (Pending pending : taken) {
            if (admitted(pending, start)) {
                ready.add(pending);
                queued += start - pending.arrivedNanos();
            }
        }
        if (ready.isEmpty()) {
            return;
        }
        try {
            together(ready, start, queued);
        } catch (ModelRunException | RuntimeException e) {
            if (ready.size() == 1) {
                // Runtimes write inputs into their messages: only our own sentences and the kind of failure are logged.
                LOG.warn("a run of {} failed: {}", ref, e instanceof ModelRunException ? e.getMessage() : e.getClass());
                fail(ready.getFirst(), FailureKind.MODEL_FAILED, "the model failed on this input");
            } else {
                ready.forEach(pending -> run(List.of(pending)));
            }
        }
    }

    /** Answers a job without running it. */
    void fail(Pending pending, FailureKind kind, String sentence) {
        if (pending.reply().complete(new Reply.Failed(kind, sentence))) {
            listener.failed(ref, kind);
        }
    }

    /** Frees the model. */
    void free() {
        model.close();
    }

    private boolean admitted(Pending pending, long now) {
        Job job = pending.job();
        if (now - job.deadlineNanos() > 0) {
            fail(pending, FailureKind.DEADLINE, "the deadline passed before the model ran");
            return false;
        }
        for (String output : job.outputs()) {
            if (signature.output(output).isEmpty()) {
                fail(pending, FailureKind.BAD_INPUT, "output " + output + " is not one of this model's");
                return false;
            }
        }
        Optional<String> fault = guard.fault(job.inputs(), job.rows());
        fault.ifPresent(sentence -> fail(pending, FailureKind.BAD_INPUT, sentence));
        return fault.isEmpty();
    }

    private void together(List<Pending> ready, long start, long queued) throws ModelRunException {
        List<Job> jobs = ready.stream().map(Pending::job).toList();
        int rows = jobs.stream().mapToInt(Job::rows).sum();
        List<Tensor> inputs = batch.join(jobs, rows);
        long joined = nanos.getAsLong();
        List<Tensor> outputs = model.run(inputs);
        long inferred = nanos.getAsLong();
        Batch.check(outputs, given, rows);
        int from = 0;
        for (Pending pending : ready) {
            answer(pending, outputs, from, rows);
            from += pending.job().rows();
        }
        listener.ran(
                ref,
                new LaneListener.RunFigures(
                        ready.size(), rows, queued, joined - start, inferred - joined, nanos.getAsLong() - inferred));
    }

    private void answer(Pending pending, List<Tensor> outputs, int from, int all) {
        Job job = pending.job();
        Reply reply;
        try {
            List<Tensor> own = new ArrayList<>(outputs.size());
            for (Tensor output : outputs) {
                own.add(Batch.rows(output, from, job.rows(), all));
            }
            reply = gate.reply(job, own);
        } catch (RuntimeException e) {
            LOG.error("an answer of {} could not be shaped or decided", ref, e);
            reply = new Reply.Failed(FailureKind.MODEL_FAILED, "the answer could not be shaped or decided");
        }
        if (reply instanceof Reply.Failed failed) {
            fail(pending, failed.kind(), failed.sentence());
        } else {
            pending.reply().complete(reply);
        }
    }
}
