package dev.sallyport.inference.bus;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which models run: a worker pool of Vert.x's, so that it watches for runs that do not end, and of a
 * fixed size, so that models never take a thread from anything else.
 */
public final class ModelPool implements Executor {
    /** A run longer than this is logged with its stack by Vert.x. */
    private static final long SUSPICIOUS_SECONDS = 60;

    private final WorkerExecutor pool;

    private ModelPool(WorkerExecutor pool) {
        this.pool = pool;
    }

    /**
     * Opens the pool; it closes with its Vert.x instance.
     *
     * @param threads at least 1; as many models run at once
     */
    public static ModelPool open(Vertx vertx, int threads) {
        return new ModelPool(
                vertx.createSharedWorkerExecutor("sallyport-models", threads, SUSPICIOUS_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public void execute(Runnable run) {
        pool.executeBlocking(
                () -> {
                    run.run();
                    return true;
                },
                false);
    }
}
