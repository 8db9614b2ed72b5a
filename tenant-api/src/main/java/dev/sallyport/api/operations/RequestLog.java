package dev.sallyport.api.operations;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line a request, with record, request and trace id; for health checks at the level DEBUG, for all others at INFO.
 * Holds no input, header or credential: see {@link CallEnd}.
 */
public final class RequestLog implements CallListener {
    /** What the gateway calls the health checks. */
    private static final Set<String> HEALTH = Set.of("live", "ready");

    private final Logger log;

    /** Writes to the process's log. */
    public RequestLog() {
        this(LoggerFactory.getLogger(Logging.REQUESTS));
    }

    RequestLog(Logger log) {
        this.log = log;
    }

    @Override
    public void ended(CallEnd end) {
        LoggingEventBuilder line = log.atLevel(HEALTH.contains(end.call()) ? Level.DEBUG : Level.INFO)
                .addKeyValue(LogFields.CALL, end.call())
                .addKeyValue(LogFields.STATUS, end.status());
        line = with(line, LogFields.CODE, end.code());
        line = line.addKeyValue(LogFields.DURATION, end.nanos());
        line = with(line, LogFields.TENANT, end.tenant());
        line = with(line, LogFields.KEY, end.key());
        line = with(line, LogFields.MODEL, end.model());
        line = with(line, LogFields.ROWS, end.rows() == 0 ? null : end.rows());
        line = with(line, LogFields.RECORD, end.record());
        line = line.addKeyValue(LogFields.REQUEST, end.request());
        with(line, LogFields.TRACE, end.trace()).log("request");
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String field, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(field, value);
    }
}
