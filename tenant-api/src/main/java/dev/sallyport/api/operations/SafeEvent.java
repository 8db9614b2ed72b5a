package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** A log event reduced to what may be written: fields of the allow-list, and of an exception what {@link Thrown} tells. */
final class SafeEvent {
    private SafeEvent() {}

    static ILoggingEvent of(ILoggingEvent event) {
        var safe = new LoggingEvent();
        safe.setLevel(event.getLevel());
        safe.setLoggerName(event.getLoggerName());
        safe.setThreadName(event.getThreadName());
        safe.setInstant(event.getInstant());
        safe.setMessage(event.getFormattedMessage());
        safe.setMDCPropertyMap(Map.of());
        fields(event).forEach((key, value) -> safe.addKeyValuePair(new KeyValuePair(key, value)));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            Thrown.describe(thrown).forEach(safe::addKeyValuePair);
        }
        return safe;
    }

    /** Of both sources; the event's own fields win over the thread's. */
    private static Map<String, Object> fields(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>(event.getMDCPropertyMap());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.stream().filter(pair -> pair.value != null).forEach(pair -> fields.put(pair.key, pair.value));
        }
        fields.keySet().retainAll(LogFields.ALLOWED);
        return fields;
    }
}
