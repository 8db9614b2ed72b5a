package dev.sallyport.api.operations;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line a request, with record, request and trace id. */
public final class RequestLog implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger("sallyport.requests");

    @Override
    public void ended(CallEnd end) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue(LogFields.CALL, end.call())
                .addKeyValue(LogFields.STATUS, end.status())
                .addKeyValue(LogFields.DURATION, end.nanos())
                .addKeyValue(LogFields.REQUEST, end.request());
        line = with(line, LogFields.CODE, end.code());
        line = with(
                line,
                LogFields.TENANT,
                end.tenant() == null ? null : end.tenant().value());
        line = with(line, LogFields.KEY, end.key());
        line = with(line, LogFields.MODEL, end.model());
        line = with(line, LogFields.ROWS, end.rows() == 0 ? null : end.rows());
        line = with(line, LogFields.RECORD, end.record());
        with(line, LogFields.TRACE, end.trace()).log("request");
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String field, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(field, value);
    }
}
