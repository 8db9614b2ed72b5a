package dev.sallyport.api.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A good answer.
 *
 * @param status the HTTP status
 * @param headers with {@code Content-Type} where there is a body
 * @param body empty for none
 */
public record Answer(int status, Map<String, String> headers, Buffer body) {
    /** Copies the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** An answer with a JSON body. */
    public static Answer json(int status, JsonObject body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.toBuffer());
    }

    /** 204. */
    public static Answer empty() {
        return new Answer(204, Map.of(), Buffer.buffer());
    }

    /** A body of another type. */
    public static Answer of(String contentType, Buffer body) {
        return new Answer(200, Map.of("Content-Type", contentType), body);
    }

    /** This answer with a further header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
