package dev.sallyport.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Evidence;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.MemoryStore;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.policy.ModelName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {
    private static final TestModel ROOT = TestModel.root();
    private static final ModelRef REF = ROOT.manifest().ref();

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final MemoryStore store = new MemoryStore();
    private final AtomicLong now = new AtomicLong();
    private final List<Evidence.Event> events = Collections.synchronizedList(new ArrayList<>());
    private final Lanes lanes = new Lanes(
            LaneSettings.DEFAULT,
            new LanePorts(List.of(new OnnxRuntime()), store, store, events::add, LaneListener.NONE),
            new LaneExecutors(pool, pool),
            InstantSource.system(),
            now::get);

    @AfterEach
    void stop() {
        lanes.close();
        pool.shutdown();
    }

    @Test
    void firstJob_loadsTheModel_andManyLoadItOnce() throws Exception {
        store.with(ROOT);
        List<CompletionStage<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(submit());
        }

        for (CompletionStage<Reply> reply : replies) {
            assertThat(get(reply)).isInstanceOf(Reply.Released.class);
        }
        assertThat(store.finds).hasValue(1);
        assertThat(events)
                .containsExactly(new Evidence.Event.Loaded(REF, ROOT.manifest().digest()));
    }

    @Test
    void model_askedForAtTheStart_isReady() throws Exception {
        store.with(ROOT);

        assertThat(get(lanes.load(REF))).isEqualTo(new LoadResult.Ready());
        assertThat(get(submit())).isInstanceOf(Reply.Released.class);
        assertThat(store.finds).hasValue(1);
    }

    @Test
    void manifest_changedAfterSigning_isNotServed() throws Exception {
        store.with(ROOT);
        ModelManifest own = ROOT.manifest();
        store.tamper(
                REF,
                ManifestCodec.encode(new ModelManifest(
                        own.owner(), own.name(), own.version(), own.runtime(), "0".repeat(64), own.signature())));

        refused("signature");
    }

    @Test
    void artefact_changedAfterSigning_isNotServed() throws Exception {
        store.with(REF, ROOT, TestModel.simple().artefact());

        refused("digest");
    }

    @Test
    void manifest_ofAnotherModelUnderThisName_isNotServed() throws Exception {
        store.with(REF, TestModel.simple(), TestModel.simple().artefact());

        refused("platform/simple/1");
    }

    @Test
    void model_ofAnUnknownRuntime_isNotServed() throws Exception {
        store.with(
                TestModel.of("root", "tribuo", ROOT.artefact(), ROOT.manifest().signature()));

        refused("no runtime tribuo");
    }

    @Test
    void model_thatIsNotThere_isNotServed() throws Exception {
        refused("no model version");
    }

    @Test
    void failedLoad_isTriedAgain_butNotForEveryJob() throws Exception {
        store.down = true;
        assertThat(kind(submit())).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        for (int i = 0; i < 10; i++) {
            assertThat(kind(submit())).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        }
        assertThat(store.finds).hasValue(1);

        store.down = false;
        store.with(ROOT);
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(get(submit())).isInstanceOf(Reply.Released.class);
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void unloadedModel_isVerifiedAgainAtItsNextLoad() throws Exception {
        store.with(ROOT);
        assertThat(get(submit())).isInstanceOf(Reply.Released.class);
        store.tamper(REF, ManifestCodec.encode(TestModel.simple().manifest()));
        assertThat(get(submit())).isInstanceOf(Reply.Released.class);

        lanes.unload(REF);

        assertThat(kind(submit())).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isEqualTo(new Evidence.Event.Unloaded(REF));
    }

    @Test
    void lanes_ofDifferentModels_answerEachForItself() throws Exception {
        TestModel echo = TestModel.echo();
        store.with(ROOT).with(echo);

        Reply reply = get(lanes.submit(echo.job("j", Tensor.bytes("text", new long[] {1}, List.of(new byte[] {65})))));
        assertThat(((Reply.Released) reply).outputs().getFirst().strings().getFirst())
                .containsExactly(65);
        assertThat(get(submit())).isInstanceOf(Reply.Released.class);
    }

    @Test
    void closedLanes_refuse() throws Exception {
        store.with(ROOT);
        lanes.close();

        assertThat(kind(submit())).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void version_ofAnotherName_isAnotherModel() throws Exception {
        store.with(ROOT);
        ModelRef other = new ModelRef(REF.owner(), new ModelName("other"), REF.version());

        assertThat(get(lanes.load(other))).isInstanceOf(LoadResult.NotReady.class);
        assertThat(get(lanes.load(REF))).isEqualTo(new LoadResult.Ready());
    }

    private void refused(String because) throws Exception {
        assertThat(kind(submit())).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(get(lanes.load(REF)))
                .isInstanceOfSatisfying(
                        LoadResult.NotReady.class,
                        result -> assertThat(result.sentence()).contains(because));
        assertThat(events).singleElement().isInstanceOf(Evidence.Event.Refused.class);
    }

    private CompletionStage<Reply> submit() {
        return lanes.submit(ROOT.job(
                "j",
                dev.sallyport.policy.Obligations.NONE,
                Long.MAX_VALUE / 2,
                Tensor.floats("x", new long[] {1, 1}, 4)));
    }

    private static FailureKind kind(CompletionStage<Reply> reply) throws Exception {
        assertThat(get(reply)).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed) get(reply)).kind();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
