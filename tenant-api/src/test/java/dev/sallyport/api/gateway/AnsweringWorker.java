package dev.sallyport.api.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.OutputFacts;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.policy.Decision;
import io.vertx.core.Future;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A worker in memory: answers at once for both of {@link AcmeModels}, and keeps the jobs that reached it. */
final class AnsweringWorker implements Worker {
    final List<Job> jobs = new CopyOnWriteArrayList<>();
    volatile Function<Job, Reply> model = AnsweringWorker::run;

    @Override
    public Future<Reply> infer(Job job) {
        jobs.add(job);
        return Future.succeededFuture(model.apply(job));
    }

    @Override
    public Future<LoadResult> load(ModelRef ref) {
        return Future.succeededFuture(new LoadResult.Ready());
    }

    /** Sums and differences; for the classifier, always high. */
    static Reply run(Job job) {
        List<Tensor> outputs = job.model().value().equals("simple-model") ? sums(job) : scores(job);
        List<Tensor> asked = outputs.stream()
                .filter(o -> job.outputs().isEmpty() || job.outputs().contains(o.name()))
                .toList();
        Decision permit = new Decision.Permit(job.obligations(), List.of(), List.of(), List.of());
        OutputFacts facts = new OutputFacts("full", job.rows(), List.of(new OutputFacts.Band(80, 95, job.rows())));
        return new Reply.Released(asked, "full", permit, facts);
    }

    private static List<Tensor> sums(Job job) {
        int[] first = ints(job, "INPUT0");
        int[] second = ints(job, "INPUT1");
        int[] sum = new int[16];
        int[] difference = new int[16];
        Arrays.setAll(sum, i -> first[i] + second[i]);
        Arrays.setAll(difference, i -> first[i] - second[i]);
        return List.of(
                Tensor.ints("OUTPUT0", new long[] {1, 16}, sum),
                Tensor.ints("OUTPUT1", new long[] {1, 16}, difference));
    }

    private static int[] ints(Job job, String name) {
        int[] values = new int[16];
        job.inputs().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .buffer()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return values;
    }

    private static List<Tensor> scores(Job job) {
        float[] scores = new float[job.rows() * 2];
        Arrays.fill(scores, 0.5f);
        List<byte[]> labels = Collections.nCopies(job.rows(), "high".getBytes(UTF_8));
        return List.of(
                Tensor.bytes("label", new long[] {job.rows()}, new ArrayList<>(labels)),
                Tensor.floats("scores", new long[] {job.rows(), 2}, scores));
    }

    static Function<Job, Reply> failing(FailureKind kind) {
        return job -> new Reply.Failed(kind, "a sentence");
    }
}
