package dev.sallyport.inference.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.MemoryStore;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.lane.LaneExecutors;
import dev.sallyport.inference.lane.LaneListener;
import dev.sallyport.inference.lane.LanePorts;
import dev.sallyport.inference.lane.LaneSettings;
import dev.sallyport.inference.lane.Lanes;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.policy.Obligations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceBusTest {
    private static final TestModel ROOT = TestModel.root();

    private final Vertx vertx = Vertx.vertx();
    private final MemoryStore store = new MemoryStore().with(ROOT);
    private final InferenceClient client = new InferenceClient(vertx.eventBus(), System::nanoTime);

    @BeforeEach
    void register() {
        InferenceCodec.register(vertx);
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    @Test
    void jobs_overTheBus_areAnsweredEachWithItsOwn() throws Exception {
        deploy();
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            replies.add(client.infer(ROOT.job("j" + i, Tensor.floats("x", new long[] {1, 1}, i * i))));
        }

        for (int i = 0; i < 500; i++) {
            Reply reply = get(replies.get(i));
            assertThat(reply).isInstanceOf(Reply.Released.class);
            assertThat(ModelRuntimeContract.floats(
                            ((Reply.Released) reply).outputs().getFirst()))
                    .containsExactly((float) i);
        }
    }

    @Test
    void load_overTheBus_tellsWhetherAModelIsReady() throws Exception {
        deploy();

        assertThat(get(client.load(ROOT.manifest().ref()))).isEqualTo(new LoadResult.Ready());
        assertThat(get(client.load(TestModel.echo().manifest().ref()))).isInstanceOf(LoadResult.NotReady.class);
    }

    @Test
    void job_withoutAWorker_isUnavailable() throws Exception {
        assertThat(kind(client.infer(job(System.nanoTime() + 1_000_000_000L))))
                .isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void workerThatNeverAnswers_isGivenUpSoonAfterTheDeadline() throws Exception {
        vertx.eventBus().<Job>localConsumer(InferenceAddresses.JOBS, message -> {});

        long start = System.nanoTime();
        assertThat(kind(client.infer(job(start + 50_000_000L)))).isEqualTo(FailureKind.DEADLINE);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void consumer_thatThrows_answersStill() throws Exception {
        vertx.eventBus()
                .<Job>localConsumer(
                        InferenceAddresses.JOBS,
                        Replies.answering(
                                job -> {
                                    throw new IllegalStateException("bug");
                                },
                                thrown -> new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed")));

        assertThat(kind(client.infer(job(System.nanoTime() + 60_000_000_000L)))).isEqualTo(FailureKind.MODEL_FAILED);
    }

    @Test
    void consumer_whoseFutureFails_answersStill() throws Exception {
        vertx.eventBus()
                .<Job>localConsumer(
                        InferenceAddresses.JOBS,
                        Replies.answering(
                                job -> Future.failedFuture("bug"),
                                thrown -> new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed")));

        assertThat(kind(client.infer(job(System.nanoTime() + 60_000_000_000L)))).isEqualTo(FailureKind.MODEL_FAILED);
    }

    @Test
    void job_reachesItsConsumer_asTheSameObject() throws Exception {
        List<Job> seen = new ArrayList<>();
        vertx.eventBus()
                .<Job>localConsumer(
                        InferenceAddresses.JOBS,
                        Replies.answering(
                                job -> {
                                    seen.add(job);
                                    return Future.succeededFuture(new Reply.Failed(FailureKind.OVERLOADED, "seen"));
                                },
                                thrown -> new Reply.Failed(FailureKind.MODEL_FAILED, "the worker failed")));
        Job job = job(System.nanoTime() + 60_000_000_000L);

        get(client.infer(job));
        assertThat(seen).singleElement().isSameAs(job);
    }

    private void deploy() throws Exception {
        Lanes lanes = new Lanes(
                LaneSettings.DEFAULT,
                new LanePorts(List.of(new OnnxRuntime()), store, store, event -> {}, LaneListener.NONE),
                new LaneExecutors(ModelPool.open(vertx, 2), Executors.newVirtualThreadPerTaskExecutor()),
                InstantSource.system(),
                System::nanoTime);
        get(vertx.deployVerticle(new InferenceVerticle(lanes), InferenceVerticle.options()));
    }

    private static Job job(long deadlineNanos) {
        return ROOT.job("j", Obligations.NONE, deadlineNanos, Tensor.floats("x", new long[] {1, 1}, 4));
    }

    private static FailureKind kind(Future<Reply> reply) throws Exception {
        assertThat(get(reply)).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed) get(reply)).kind();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
