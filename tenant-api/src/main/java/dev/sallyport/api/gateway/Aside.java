package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a body's length makes long is done beside the event loop: reading megabytes of JSON, looking through them for
 * personal data. A short body, which takes less than the way there and back, is seen to where it is.
 */
final class Aside {
    private static final int SHORT_BYTES = 16_384;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Executor executor;

    Aside(Executor executor) {
        this.executor = executor;
    }

    /**
     * Does a piece of work on a call.
     *
     * @param bytes how long the body is
     * @param work uses nothing of the call that its event loop changes
     * @return on the call's event loop; fails with what the work throws, and with {@link CallRefused} if the call's time
     *     was over before it began
     */
    <T> Future<T> work(Call call, int bytes, Supplier<T> work) {
        if (bytes <= SHORT_BYTES) {
            return Future.succeededFuture(work.get());
        }
        Promise<T> done = Promise.promise();
        executor.execute(() -> {
            if (System.nanoTime() - call.deadlineNanos() > 0) {
                done.fail(new CallRefused(
                        Denial.unavailable(ErrorCode.DEADLINE_EXCEEDED, "the call waited too long", SOON)));
                return;
            }
            try {
                done.complete(work.get());
            } catch (RuntimeException | Error failure) {
                done.fail(failure);
            }
        });
        return call.here(done.future());
    }
}
