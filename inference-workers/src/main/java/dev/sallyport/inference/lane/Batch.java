package dev.sallyport.inference.lane;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.inference.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins jobs' inputs into one tensor each, one job's rows after another's, and takes rows out of outputs again. Belongs
 * to one lane and is used by one thread at a time.
 */
final class Batch {
    /** Direct memory that an input keeps between runs, in bytes; larger batches get a buffer of their own. */
    private static final int KEPT_BYTES = 1 << 20;

    private final List<TensorSpec> read;
    private final ByteBuffer[] kept;

    /** @param read the inputs that the model reads */
    Batch(List<TensorSpec> read) {
        this.read = read;
        this.kept = new ByteBuffer[read.size()];
    }

    /**
     * The inputs of a run.
     *
     * @param jobs whose inputs passed the guard; more than one only if the signature is batchable
     * @param rows of all jobs together
     * @return one tensor for each input that the model reads, in direct memory that the next call overwrites
     */
    List<Tensor> join(List<Job> jobs, int rows) {
        List<Tensor> joined = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            String name = read.get(i).name();
            List<Tensor> parts = new ArrayList<>(jobs.size());
            for (Job job : jobs) {
                parts.add(find(job.inputs(), name));
            }
            long[] shape = parts.getFirst().shape().clone();
            shape[0] = rows;
            joined.add(new Tensor(name, read.get(i).datatype(), shape, data(i, parts)));
        }
        return joined;
    }

    private TensorData data(int input, List<Tensor> parts) {
        return switch (parts.getFirst().data()) {
            case TensorData.Fixed first -> new TensorData.Fixed(fixed(input, parts));
            case TensorData.Bytes bytes when parts.size() == 1 -> bytes;
            case TensorData.Bytes first ->
                new TensorData.Bytes(
                        parts.stream().flatMap(part -> part.strings().stream()).toList());
        };
    }

    private ByteBuffer fixed(int input, List<Tensor> parts) {
        int bytes = parts.stream().mapToInt(part -> part.buffer().limit()).sum();
        ByteBuffer target = room(input, bytes);
        int at = 0;
        for (Tensor part : parts) {
            ByteBuffer source = part.buffer();
            target.put(at, source, 0, source.limit());
            at += source.limit();
        }
        return target;
    }

    private ByteBuffer room(int input, int bytes) {
        ByteBuffer buffer = kept[input];
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(
                    bytes <= KEPT_BYTES ? Math.max(bytes, Integer.highestOneBit(bytes) << 1) : bytes);
            kept[input] = bytes <= KEPT_BYTES ? buffer : kept[input];
        }
        return buffer.slice(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Tensor find(List<Tensor> inputs, String name) {
        for (Tensor tensor : inputs) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw new IllegalStateException("input " + name + " passed the guard and is not there");
    }

    /**
     * One job's part of an output, copied.
     *
     * @param output of a run of {@code all} rows
     * @param from the job's first row
     * @param rows the job's rows
     */
    static Tensor rows(Tensor output, int from, int rows, int all) {
        long[] shape = output.shape().clone();
        shape[0] = rows;
        TensorData data = switch (output.data()) {
            case TensorData.Fixed fixed -> {
                int stride = fixed.buffer().limit() / all;
                ByteBuffer copy = ByteBuffer.allocate(rows * stride).order(ByteOrder.LITTLE_ENDIAN);
                copy.put(0, fixed.buffer(), from * stride, rows * stride);
                yield new TensorData.Fixed(copy);
            }
            case TensorData.Bytes bytes -> {
                int stride = bytes.values().size() / all;
                yield new TensorData.Bytes(bytes.values().subList(from * stride, (from + rows) * stride));
            }
        };
        return new Tensor(output.name(), output.datatype(), shape, data);
    }

    /**
     * Checks what a model gave against what was declared, so that rows can be taken out without looking again.
     *
     * @throws ModelRunException if outputs are missing, or of another type or shape
     */
    static void check(List<Tensor> outputs, List<TensorSpec> declared, int rows) throws ModelRunException {
        if (outputs.size() != declared.size()) {
            throw new ModelRunException("the model gave " + outputs.size() + " outputs, not " + declared.size());
        }
        for (int i = 0; i < declared.size(); i++) {
            Tensor output = outputs.get(i);
            TensorSpec spec = declared.get(i);
            if (output.datatype() != spec.datatype() || !fits(output.shape(), spec, rows)) {
                throw new ModelRunException("the model gave " + output + " for " + rows + " rows, not " + spec.name()
                        + " " + spec.datatype() + spec.shape());
            }
        }
    }

    private static boolean fits(long[] shape, TensorSpec spec, int rows) {
        if (shape.length != spec.shape().size() || shape[0] != rows) {
            return false;
        }
        for (int i = 1; i < shape.length; i++) {
            long dimension = spec.shape().get(i);
            if (dimension != TensorSpec.VARIABLE && dimension != shape[i]) {
                return false;
            }
        }
        return true;
    }

    /** The outputs that a model itself gives: of a classifier the scores alone. */
    static List<TensorSpec> given(Signature signature) {
        return signature.classifier() == null
                ? signature.outputs()
                : List.of(signature.outputs().getLast());
    }
}
