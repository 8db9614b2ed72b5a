package dev.sallyport.api.operations;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.sallyport.api.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;

/** A log of a test's own, and the lines that it wrote. */
final class LogLines implements AutoCloseable {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logging logging;

    LogLines(EncoderBase<ILoggingEvent> form, LogLevel level) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        var target = new OutputStreamAppender<ILoggingEvent>();
        target.setOutputStream(written);
        logging = Logging.start(context, target, form, level);
    }

    Logger logger(String name) {
        return context.getLogger(name);
    }

    void inContext(String key, String value) {
        context.getMDCAdapter().put(key, value);
    }

    /** All lines, once nothing more is logged. */
    List<String> lines() {
        close();
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        logging.close();
    }
}
