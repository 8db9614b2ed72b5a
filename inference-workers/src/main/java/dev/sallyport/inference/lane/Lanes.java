package dev.sallyport.inference.lane;

import dev.sallyport.inference.Evidence;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model versions in use: each is loaded once, on its first job or when asked for, and has a lane until it is
 * unloaded. For use by many threads; nothing here blocks its caller.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** How long a failed load stands before a job makes another attempt. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LaneSettings settings;
    private final LanePorts ports;
    private final LaneExecutors executors;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Loader loader;
    private final Map<ModelRef, Slot> slots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param settings bounds of every lane
     * @param ports the world outside
     * @param executors where runs and loads happen
     * @param clock for release decisions
     * @param nanos the scale of jobs' deadlines, usually {@code System::nanoTime}
     * @throws IllegalStateException if two runtimes have one id
     */
    public Lanes(
            LaneSettings settings, LanePorts ports, LaneExecutors executors, InstantSource clock, LongSupplier nanos) {
        this.settings = settings;
        this.ports = ports;
        this.executors = executors;
        this.clock = clock;
        this.nanos = nanos;
        this.loader = new Loader(ports);
    }

    /** A version's lane while it is being loaded, once it is, or why it could not be. */
    private final class Slot {
        private final ModelRef ref;
        private final CompletableFuture<Lane> lane = new CompletableFuture<>();
        private final AtomicInteger early = new AtomicInteger();
        private volatile long failedNanos;

        Slot(ModelRef ref) {
            this.ref = ref;
        }

        boolean stale() {
            return lane.isCompletedExceptionally() && nanos.getAsLong() - failedNanos > RETRY_NANOS;
        }

        CompletionStage<Reply> submit(Job job) {
            if (lane.state() == CompletableFuture.State.SUCCESS) {
                return lane.resultNow().submit(job);
            }
            if (early.incrementAndGet() > settings.queueLimit()) {
                early.decrementAndGet();
                return failed(ref, FailureKind.OVERLOADED, "too many calls wait for this model to be loaded");
            }
            return lane.handle((loaded, failure) -> {
                        early.decrementAndGet();
                        return loaded == null
                                ? failed(ref, FailureKind.MODEL_UNAVAILABLE, "the model could not be loaded")
                                : loaded.submit(job);
                    })
                    .thenCompose(reply -> reply);
        }

        void load() {
            long start = nanos.getAsLong();
            try {
                Loader.Loaded loaded = loader.load(ref);
                Runner runner = new Runner(loaded.manifest(), loaded.model(), ports.listener(), clock, nanos);
                ports.listener().loaded(ref, nanos.getAsLong() - start);
                ports.evidence()
                        .saw(new Evidence.Event.Loaded(ref, loaded.manifest().digest()));
                lane.complete(
                        new Lane(loaded.manifest(), runner, settings, ports.listener(), executors.running(), nanos));
            } catch (ModelLoadException e) {
                LOG.error("model {} is not served: {}", ref, e.getMessage(), e.getCause());
                refuse(e);
            } catch (RuntimeException | Error e) {
                LOG.error("model {} is not served", ref, e);
                refuse(new ModelLoadException("loading " + ref + " failed", e));
            }
        }

        private void refuse(ModelLoadException failure) {
            failedNanos = nanos.getAsLong();
            try {
                ports.evidence().saw(new Evidence.Event.Refused(ref, String.valueOf(failure.getMessage())));
            } finally {
                lane.completeExceptionally(failure);
            }
        }
    }

    /**
     * Has a job run in its model's lane, loading the model first if need be.
     *
     * @return never fails; what goes wrong is a {@link Reply.Failed}
     */
    public CompletionStage<Reply> submit(Job job) {
        return closed
                ? failed(job.ref(), FailureKind.MODEL_UNAVAILABLE, "the worker is stopping")
                : slot(job.ref()).submit(job);
    }

    /**
     * Has a version loaded, if it is not.
     *
     * @return never fails
     */
    public CompletionStage<LoadResult> load(ModelRef ref) {
        return slot(ref)
                .lane
                .handle((lane, failure) -> failure == null
                        ? new LoadResult.Ready()
                        : new LoadResult.NotReady(String.valueOf(failure.getMessage())));
    }

    /** Puts a version away: jobs that wait are answered with a failure, a run under way ends first. */
    public void unload(ModelRef ref) {
        Slot slot = slots.remove(ref);
        if (slot != null) {
            var unused = slot.lane.thenAccept(lane -> {
                lane.close();
                ports.listener().unloaded(ref);
                ports.evidence().saw(new Evidence.Event.Unloaded(ref));
            });
        }
    }

    /** Puts every version away and takes no more jobs. */
    @Override
    public void close() {
        closed = true;
        slots.keySet().forEach(this::unload);
    }

    private Slot slot(ModelRef ref) {
        Slot slot = slots.get(ref);
        if (slot != null && !slot.stale()) {
            return slot;
        }
        Slot fresh = new Slot(ref);
        Slot chosen = slots.compute(ref, (key, old) -> old == null || old.stale() ? fresh : old);
        if (chosen == fresh) {
            executors.loading().execute(fresh::load);
        }
        return chosen;
    }

    private CompletionStage<Reply> failed(ModelRef ref, FailureKind kind, String sentence) {
        ports.listener().failed(ref, kind);
        return CompletableFuture.completedStage(new Reply.Failed(kind, sentence));
    }
}
