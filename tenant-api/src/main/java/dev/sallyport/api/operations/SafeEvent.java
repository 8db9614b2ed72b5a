package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * A log event reduced to what may be written: fields of the allow-list, no context map, and of an exception its class and
 * where it came from, never its message, which may hold what a caller sent.
 */
final class SafeEvent {
    static final String ERROR_TYPE = "error.type";
    static final String ERROR_STACK = "error.stack_trace";

    private static final int FRAMES = 30;
    private static final int CAUSES = 5;

    private SafeEvent() {}

    static ILoggingEvent of(ILoggingEvent event) {
        LoggingEvent safe = new LoggingEvent();
        safe.setLevel(event.getLevel());
        safe.setLoggerName(event.getLoggerName());
        safe.setThreadName(event.getThreadName());
        safe.setTimeStamp(event.getTimeStamp());
        safe.setInstant(event.getInstant());
        safe.setMessage(event.getFormattedMessage());
        safe.setMDCPropertyMap(Map.of());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.stream().filter(pair -> LogFields.ALLOWED.contains(pair.key)).forEach(safe::addKeyValuePair);
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            safe.addKeyValuePair(new KeyValuePair(ERROR_TYPE, thrown.getClassName()));
            safe.addKeyValuePair(new KeyValuePair(ERROR_STACK, stack(thrown)));
        }
        return safe;
    }

    private static String stack(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder(1024);
        IThrowableProxy next = thrown;
        for (int causes = 0; next != null && causes < CAUSES; causes++) {
            text.append(causes == 0 ? "" : "caused by ")
                    .append(next.getClassName())
                    .append('\n');
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("  ").append(frames[i].getSTEAsString()).append('\n');
            }
            next = next.getCause();
        }
        return text.toString();
    }
}
