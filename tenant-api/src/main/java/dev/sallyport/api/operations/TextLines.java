package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** Log lines for people: time, level, logger, message, {@code field=value}. */
final class TextLines extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent original) {
        ILoggingEvent event = SafeEvent.of(original);
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel()).append(' ');
        line.append(lastPart(event.getLoggerName())).append(' ').append(event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> append(line, pair));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder line, KeyValuePair pair) {
        if (pair.key.equals(SafeEvent.ERROR_STACK)) {
            line.append('\n').append(pair.value);
            return;
        }
        line.append(' ').append(lastPart(pair.key)).append('=');
        if (pair.key.equals(LogFields.DURATION) && pair.value instanceof Long nanos) {
            line.append(nanos / 1_000).append("us");
        } else {
            line.append(pair.value);
        }
    }

    private static String lastPart(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
