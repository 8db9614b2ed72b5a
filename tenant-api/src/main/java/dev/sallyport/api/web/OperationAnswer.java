package dev.sallyport.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an operation answers when it succeeds.
 *
 * @param status the HTTP status
 * @param headers with {@code Content-Type} where there is a body
 * @param body empty for none
 * @param stream what writes a body that is too long to be held; empty for {@code body}
 */
public record OperationAnswer(int status, Map<String, String> headers, Buffer body, Optional<Stream> stream) {
    /** Copies the headers. */
    public OperationAnswer {
        headers = Map.copyOf(headers);
    }

    /** What writes a body. Runs on a virtual thread and may block; a failure breaks the connection off. */
    @FunctionalInterface
    public interface Writing {
        /** Writes it whole. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A body that is written as a stream.
     *
     * @param writing writes it
     * @param over runs once, when it was written or could not be
     */
    public record Stream(Writing writing, Runnable over) {}

    private OperationAnswer(int status, Map<String, String> headers, Buffer body) {
        this(status, headers, body, Optional.empty());
    }

    /** An answer with a JSON body. */
    public static OperationAnswer json(int status, JsonObject body) {
        return new OperationAnswer(status, Map.of("Content-Type", "application/json"), body.toBuffer());
    }

    /** 204. */
    public static OperationAnswer empty() {
        return new OperationAnswer(204, Map.of(), Buffer.buffer());
    }

    /** A body of another type. */
    public static OperationAnswer of(String contentType, Buffer body) {
        return new OperationAnswer(200, Map.of("Content-Type", contentType), body);
    }

    /** A body that is too long to be held. */
    public static OperationAnswer streamed(String contentType, Writing writing, Runnable over) {
        return new OperationAnswer(
                200, Map.of("Content-Type", contentType), Buffer.buffer(), Optional.of(new Stream(writing, over)));
    }

    /** This answer with a further header. */
    public OperationAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OperationAnswer(status, more, body, stream);
    }
}
