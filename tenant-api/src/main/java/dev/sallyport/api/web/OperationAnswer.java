package dev.sallyport.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operation answers when it succeeds.
 *
 * @param status the HTTP status
 * @param headers with {@code Content-Type} where there is a body
 * @param body empty for none
 */
public record OperationAnswer(int status, Map<String, String> headers, Buffer body) {
    /** Copies the headers. */
    public OperationAnswer {
        headers = Map.copyOf(headers);
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

    /** This answer with a further header. */
    public OperationAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OperationAnswer(status, more, body);
    }
}
