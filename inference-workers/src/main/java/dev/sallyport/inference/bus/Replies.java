package dev.sallyport.inference.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes consumers that always answer: left alone, one that throws leaves its caller to a timeout. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /**
     * A handler that answers with what {@code work} comes to.
     *
     * @param work may throw, and its future may fail
     * @param failure the answer if it does
     */
    static <Q, R> Handler<Message<Q>> answering(Function<Q, Future<R>> work, Function<Throwable, R> failure) {
        return message -> started(work, message.body())
                .recover(thrown -> {
                    LOG.error("a consumer of {} failed", message.address(), thrown);
                    return Future.succeededFuture(failure.apply(thrown));
                })
                .onSuccess(message::reply);
    }

    private static <Q, R> Future<R> started(Function<Q, Future<R>> work, Q body) {
        try {
            return work.apply(body);
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
