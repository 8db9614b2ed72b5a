package dev.sallyport.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.policy.Obligations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneTest {
    private static final TestModel ROOT = TestModel.root();

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final HandModel model = new HandModel();
    private final AtomicLong now = new AtomicLong();
    private final List<LaneListener.RunFigures> runs = new ArrayList<>();

    @AfterEach
    void stop() {
        model.let.release(1000);
        pool.shutdown();
    }

    @Test
    void idleLane_takesAJob_andRunsItAtOnce() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        model.let.release();

        assertThat(roots(submit(lane, 9))).containsExactly(3f);
        assertThat(model.batches).containsExactly(1L);
    }

    @Test
    void arrivals_whileItRuns_goTogetherInTheNextRuns() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        replies.add(submit(lane, 0));
        model.begun.acquire();
        for (int i = 1; i <= 40; i++) {
            replies.add(submit(lane, i * i));
        }
        model.let.release(3);

        for (int i = 0; i <= 40; i++) {
            assertThat(roots(replies.get(i))).containsExactly((float) i);
        }
        assertThat(model.batches).containsExactly(1L, 32L, 8L);
    }

    @Test
    void job_thatDoesNotFitABatch_waitsForTheNext() throws Exception {
        Lane lane = lane(new LaneSettings(8, 100));
        CompletableFuture<Reply> first = submit(lane, 1);
        model.begun.acquire();
        CompletableFuture<Reply> five = submit(lane, 1, 2, 3, 4, 5);
        CompletableFuture<Reply> four = submit(lane, 16, 25, 36, 49);
        CompletableFuture<Reply> twenty = submit(lane, new float[20]);
        model.let.release(4);

        assertThat(roots(first)).containsExactly(1f);
        assertThat(roots(five)).hasSize(5);
        assertThat(roots(four)).containsExactly(4f, 5f, 6f, 7f);
        assertThat(roots(twenty)).hasSize(20);
        assertThat(model.batches).containsExactly(1L, 5L, 4L, 20L);
    }

    @Test
    void fullQueue_rejectsAtOnce_andServesWhatItTook() throws Exception {
        Lane lane = lane(new LaneSettings(32, 3));
        List<CompletableFuture<Reply>> taken = new ArrayList<>(List.of(submit(lane, 4)));
        model.begun.acquire();
        for (int i = 0; i < 3; i++) {
            taken.add(submit(lane, 4));
        }

        CompletableFuture<Reply> fifth = submit(lane, 4);
        assertThat(fifth).isCompletedWithValueMatching(reply -> kind(reply) == FailureKind.OVERLOADED);
        model.let.release(2);

        for (CompletableFuture<Reply> reply : taken) {
            assertThat(roots(reply)).containsExactly(2f);
        }
        model.let.release();
        assertThat(roots(submit(lane, 4))).containsExactly(2f);
    }

    @Test
    void job_whoseDeadlinePassedWhileItWaited_isNotRun() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        CompletableFuture<Reply> first = submit(lane, 4);
        model.begun.acquire();
        CompletableFuture<Reply> late = submit(lane, job(100, 4));
        CompletableFuture<Reply> early = submit(lane, job(300, 9));
        now.set(200);
        model.let.release(2);

        assertThat(kind(get(late))).isEqualTo(FailureKind.DEADLINE);
        assertThat(roots(early)).containsExactly(3f);
        assertThat(roots(first)).containsExactly(2f);
        assertThat(model.batches).containsExactly(1L, 1L);
    }

    @Test
    void inputs_thatAreBad_areAnsweredWithoutARun_besideGoodOnes() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        CompletableFuture<Reply> first = submit(lane, 4);
        model.begun.acquire();
        CompletableFuture<Reply> bad = submit(lane, Float.NaN);
        CompletableFuture<Reply> good = submit(lane, 9);
        model.let.release(2);

        assertThat(roots(first)).containsExactly(2f);
        assertThat(get(bad)).isEqualTo(new Reply.Failed(FailureKind.BAD_INPUT, "input x holds NaN or an infinity"));
        assertThat(roots(good)).containsExactly(3f);
        assertThat(model.batches).containsExactly(1L, 1L);
    }

    @Test
    void output_thatIsNaN_failsItsOwnJobOnly() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        CompletableFuture<Reply> first = submit(lane, 4);
        model.begun.acquire();
        CompletableFuture<Reply> good = submit(lane, 9);
        CompletableFuture<Reply> negative = submit(lane, 1, -1);
        CompletableFuture<Reply> other = submit(lane, 16);
        model.let.release(2);

        assertThat(roots(first)).containsExactly(2f);
        assertThat(kind(get(negative))).isEqualTo(FailureKind.MODEL_FAILED);
        assertThat(roots(good)).containsExactly(3f);
        assertThat(roots(other)).containsExactly(4f);
        assertThat(model.batches).containsExactly(1L, 4L);
    }

    @Test
    void poison_inABatch_failsAlone() throws Exception {
        TestModel table = TestModel.table();
        LoadedModel loaded = new OnnxRuntime().load(table.manifest(), table.artefact());
        Lane lane = lane(table, loaded, LaneSettings.DEFAULT);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        // The pool's threads are kept busy, so that all jobs wait and go together.
        CompletableFuture<Void> gate = new CompletableFuture<>();
        pool.execute(gate::join);
        pool.execute(gate::join);
        for (long index : new long[] {1, 2, 99, 3}) {
            replies.add(lane.submit(table.job("j", index(index))).toCompletableFuture());
        }
        gate.complete(null);

        assertThat(floats(get(replies.get(0)))).containsExactly(10f);
        assertThat(floats(get(replies.get(1)))).containsExactly(20f);
        assertThat(kind(get(replies.get(2)))).isEqualTo(FailureKind.MODEL_FAILED);
        assertThat(floats(get(replies.get(3)))).containsExactly(30f);
        lane.close();
    }

    @Test
    void run_thatEndsInAnError_isAnswered_andTheLaneGoesOn() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        model.outOfMemory = true;
        CompletableFuture<Reply> lost = submit(lane, 4);
        model.let.release();
        assertThat(kind(get(lost))).isEqualTo(FailureKind.MODEL_FAILED);

        model.outOfMemory = false;
        model.let.release();
        assertThat(roots(submit(lane, 4))).containsExactly(2f);
    }

    @Test
    void closing_answersWhatWaits_andFreesTheModelAfterTheRun() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        CompletableFuture<Reply> running = submit(lane, 4);
        model.begun.acquire();
        CompletableFuture<Reply> waiting = submit(lane, 4);
        lane.close();
        lane.close();
        assertThat(model.closes).hasValue(0);
        model.let.release();

        assertThat(roots(running)).containsExactly(2f);
        assertThat(kind(get(waiting))).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(kind(get(submit(lane, 4)))).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(model.closes).hasValue(1);
    }

    @Test
    void poolThatIsGone_doesNotLeaveJobsUnanswered() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        pool.shutdownNow();

        assertThat(kind(get(submit(lane, 4)))).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void job_decidedOnAnotherArtefact_isNotRun() throws Exception {
        Lane lane = lane(LaneSettings.DEFAULT);
        TestModel other =
                TestModel.of("root", "onnxruntime", new byte[1], ROOT.manifest().signature());

        Reply reply = get(lane.submit(other.job("j", x(4))).toCompletableFuture());
        assertThat(kind(reply)).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void model_ofFixedShape_runsOneJobAtATime() throws Exception {
        TestModel simple = TestModel.simple();
        LoadedModel loaded = new OnnxRuntime().load(simple.manifest(), simple.artefact());
        Lane lane = lane(simple, loaded, LaneSettings.DEFAULT);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int[] all = new int[16];
            java.util.Arrays.fill(all, i);
            replies.add(lane.submit(simple.job(
                            "j",
                            Tensor.ints("INPUT1", new long[] {1, 16}, new int[16]),
                            Tensor.ints("INPUT0", new long[] {1, 16}, all)))
                    .toCompletableFuture());
        }

        for (int i = 0; i < 50; i++) {
            assertThat(get(replies.get(i))).isInstanceOf(Reply.Released.class);
            Reply.Released released = (Reply.Released) get(replies.get(i));
            assertThat(released.outputs().get(0).buffer().getInt(60)).isEqualTo(i);
            assertThat(released.outputs().get(1).buffer().getInt(60)).isEqualTo(i);
        }
        assertThat(runs).isNotEmpty().allMatch(figures -> figures.jobs() == 1);
        lane.close();
    }

    private Lane lane(LaneSettings settings) {
        return lane(ROOT, model, settings);
    }

    private Lane lane(TestModel test, LoadedModel loaded, LaneSettings settings) {
        LaneListener listener = new LaneListener() {
            @Override
            public void ran(dev.sallyport.inference.ModelRef ref, RunFigures figures) {
                runs.add(figures);
            }
        };
        Runner runner = new Runner(test.manifest(), loaded, listener, InstantSource.system(), now::get);
        return new Lane(test.manifest(), runner, settings, listener, pool, now::get);
    }

    private CompletableFuture<Reply> submit(Lane lane, float... x) {
        return submit(lane, job(Long.MAX_VALUE / 2, x));
    }

    private static CompletableFuture<Reply> submit(Lane lane, Job job) {
        return lane.submit(job).toCompletableFuture();
    }

    private static Job job(long deadline, float... x) {
        return ROOT.job("j", Obligations.NONE, deadline, x(x));
    }

    private static Tensor x(float... values) {
        return Tensor.floats("x", new long[] {values.length, 1}, values);
    }

    private static Tensor index(long value) {
        ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(0, value);
        return new Tensor("index", dev.sallyport.inference.Datatype.INT64, new long[] {1}, new TensorData.Fixed(data));
    }

    private static Reply get(CompletableFuture<Reply> reply) throws Exception {
        return reply.get(10, TimeUnit.SECONDS);
    }

    private static List<Float> roots(CompletableFuture<Reply> reply) throws Exception {
        return floats(get(reply));
    }

    private static List<Float> floats(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Released.class);
        return ModelRuntimeContract.floats(((Reply.Released) reply).outputs().getFirst());
    }

    private static FailureKind kind(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed) reply).kind();
    }
}
