package dev.sallyport.inference.bus;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.lane.LoadResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Passes jobs and replies by reference within a process; there is no form of them on the wire yet.
 */
public final class InferenceCodec implements MessageCodec<Object, Object> {
    private static final String NAME = "sallyport-inference";

    private InferenceCodec() {}

    /**
     * Makes this module's messages known to an event bus, which has one codec selector: this becomes it. Call once for
     * each Vert.x instance, before anything is sent.
     */
    public static void register(Vertx vertx) {
        vertx.eventBus().registerCodec(new InferenceCodec()).codecSelector(InferenceCodec::select);
    }

    /** The codec for a message, in the form that {@code EventBus.codecSelector} asks for: null for others' messages. */
    private static @Nullable String select(Object message) {
        return switch (message) {
            case Job job -> NAME;
            case Reply reply -> NAME;
            case LoadRequest request -> NAME;
            case LoadResult result -> NAME;
            default -> null;
        };
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        throw new UnsupportedOperationException("jobs and replies stay within a process");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("jobs and replies stay within a process");
    }

    @Override
    public Object transform(Object message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
