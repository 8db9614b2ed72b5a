package dev.sallyport.api.operations;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.sallyport.api.config.LogFormat;
import dev.sallyport.api.config.LogLevel;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log's form: lines on standard output, as text or in the Elastic Common Schema. What is not ours is heard from
 * warnings on.
 */
public final class Logging {
    private Logging() {}

    /**
     * Sets the form for the whole process, replacing whatever held before. Called once, by the launcher.
     *
     * @param terminal whether standard output is a terminal, which decides {@link LogFormat#AUTO}
     */
    public static void configure(LogFormat format, LogLevel level, boolean terminal) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(context, format == LogFormat.TEXT || (format == LogFormat.AUTO && terminal)));
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        Level ours = Level.valueOf(level.name());
        root.setLevel(ours.isGreaterOrEqual(Level.WARN) ? ours : Level.WARN);
        context.getLogger("dev.sallyport").setLevel(ours);
        context.getLogger("sallyport").setLevel(ours);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean text) {
        EncoderBase<ILoggingEvent> encoder = text ? new TextLines() : ecs();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static EcsLines ecs() {
        EcsLines lines = new EcsLines();
        lines.setServiceName("sallyport");
        return lines;
    }
}
