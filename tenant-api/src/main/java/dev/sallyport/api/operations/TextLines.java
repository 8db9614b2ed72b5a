package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Log lines for people: time, level, logger, message, {@code field=value}; a stack trace on lines of its own. */
public final class TextLines extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    /** Names for people, of those fields whose last part says too little. */
    private static final Map<String, String> NAMES = Map.of(
            LogFields.CALL, "call",
            LogFields.STATUS, "status",
            LogFields.REQUEST, "request",
            LogFields.TRACE, "trace",
            LogFields.KEY, "key",
            LogFields.ERROR_TYPE, "error",
            LogFields.ERROR_MESSAGE, "saying");

    private static final byte[] NOTHING = {};
    private static final int NANOS = 1_000;

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent original) {
        ILoggingEvent event = SafeEvent.of(original);
        var line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append(event.getLevel());
        line.append(' ').append(lastPart(event.getLoggerName())).append(": ");
        appendPlain(line, event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> append(line, pair));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder line, KeyValuePair pair) {
        if (pair.key.equals(LogFields.ERROR_STACK)) {
            line.append('\n').append(pair.value);
            return;
        }
        line.append(' ')
                .append(NAMES.getOrDefault(pair.key, lastPart(pair.key)))
                .append('=');
        if (pair.key.equals(LogFields.DURATION) && pair.value instanceof Long nanos) {
            line.append(nanos / NANOS).append("us");
        } else {
            appendPlain(line, String.valueOf(pair.value));
        }
    }

    /** Without control characters: they would forge lines, or command the terminal. */
    private static void appendPlain(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            line.append(Character.isISOControl(next) ? ' ' : next);
        }
    }

    private static String lastPart(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
