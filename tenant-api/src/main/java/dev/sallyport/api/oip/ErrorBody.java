package dev.sallyport.api.oip;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Writes a {@link Refusal} as the protocol's error: exactly one member, {@code error}. */
public final class ErrorBody {
    /** The exact Content-Type: a charset would hide the text from KServe's client. */
    public static final String CONTENT_TYPE = "application/json";

    private ErrorBody() {}

    /**
     * Writes {@code {"error":"CODE: sentence [note, note]"}}. Clients drop headers, so the text itself carries rule,
     * control and record.
     *
     * @param notes in square brackets after the sentence; none if empty
     */
    public static Buffer write(Refusal refusal, List<String> notes) {
        return new JsonBytes(256)
                .raw("{\"error\":")
                .string(text(refusal, notes))
                .raw('}')
                .toBuffer();
    }

    /** The text alone. */
    static String text(Refusal refusal, List<String> notes) {
        String text = refusal.code() + ": " + refusal.sentence();
        return notes.isEmpty() ? text : text + " [" + String.join(", ", notes) + "]";
    }
}
