package dev.sallyport.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.onnx.OnnxRuntime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;

/** What holds however jobs fall into batches. */
class LaneLawsTest {
    private static final TestModel ROOT = TestModel.root();
    private static final TestModel PERCEPTRON = TestModel.perceptron();

    @Property(tries = 30)
    void rows_ofConcurrentJobs_neverMix(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 9) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 16) int maxRows)
            throws Exception {
        List<float[]> jobs = new ArrayList<>();
        int next = 0;
        for (int size : sizes) {
            float[] squares = new float[size];
            for (int i = 0; i < size; i++) {
                squares[i] = (float) next * next;
                next++;
            }
            jobs.add(squares);
        }

        List<Reply> replies = serve(
                ROOT,
                maxRows,
                jobs.stream()
                        .map(x -> ROOT.job("j", Tensor.floats("x", new long[] {x.length, 1}, x)))
                        .toList());

        for (int job = 0; job < jobs.size(); job++) {
            List<Float> roots = output(replies.get(job), 0);
            assertThat(roots).hasSize(jobs.get(job).length);
            for (int i = 0; i < roots.size(); i++) {
                assertThat(roots.get(i) * roots.get(i)).isEqualTo(jobs.get(job)[i]);
            }
        }
    }

    @Property(tries = 20)
    void answers_doNotDependOnTheBatch(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 5) Integer> sizes, @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        List<Job> jobs = new ArrayList<>();
        for (int size : sizes) {
            float[] x = new float[size * TestModel.FEATURES];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
            }
            jobs.add(PERCEPTRON.job("j", Tensor.floats("x", new long[] {size, TestModel.FEATURES}, x)));
        }

        List<Reply> together = serve(PERCEPTRON, 32, jobs);
        List<Reply> alone = serve(PERCEPTRON, 1, jobs);

        for (int job = 0; job < jobs.size(); job++) {
            List<Float> one = output(together.get(job), 1);
            List<Float> other = output(alone.get(job), 1);
            assertThat(one).hasSameSizeAs(other);
            for (int i = 0; i < one.size(); i++) {
                assertThat(one.get(i)).isCloseTo(other.get(i), Offset.offset(1e-5f));
            }
        }
    }

    /** Sends jobs from four threads at once into one lane on two threads. */
    private static List<Reply> serve(TestModel test, int maxRows, List<Job> jobs) throws Exception {
        LoadedModel loaded = new OnnxRuntime().load(test.manifest(), test.artefact());
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                ExecutorService callers = Executors.newFixedThreadPool(4)) {
            Runner runner =
                    new Runner(test.manifest(), loaded, LaneListener.NONE, InstantSource.system(), System::nanoTime);
            Lane lane = new Lane(
                    test.manifest(),
                    runner,
                    new LaneSettings(maxRows, 1000),
                    LaneListener.NONE,
                    pool,
                    System::nanoTime);
            List<CompletableFuture<Reply>> replies = jobs.stream()
                    .map(job -> CompletableFuture.supplyAsync(() -> lane.submit(job), callers)
                            .thenCompose(reply -> reply))
                    .toList();
            List<Reply> got = new ArrayList<>();
            for (CompletableFuture<Reply> reply : replies) {
                got.add(reply.get(10, TimeUnit.SECONDS));
            }
            lane.close();
            return got;
        }
    }

    private static List<Float> output(Reply reply, int index) {
        assertThat(reply).isInstanceOf(Reply.Released.class);
        return ModelRuntimeContract.floats(((Reply.Released) reply).outputs().get(index));
    }
}
