package dev.sallyport.api.operations;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.sallyport.api.config.LogFormat;
import dev.sallyport.api.config.LogLevel;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of a process: lines on standard output, or on standard error, as text or in the Elastic Common Schema. They are written by a
 * thread of their own, and a call never waits for it: when standard output stands still for long, lines are lost.
 */
public final class Logging implements AutoCloseable {
    /** The loggers of requests and of all else that is ours. */
    static final String REQUESTS = "sallyport.requests";

    private static final String OURS = "dev.sallyport";

    /** Of what is not ours, the least severe lines that are written; {@code WARN} for all others. */
    private static final Map<String, Level> OTHERS = Map.of(
            // Each tells of connections that died, at each attempt; the ledger says so once.
            "com.zaxxer.hikari", Level.ERROR,
            "org.postgresql", Level.ERROR,
            // Notices of versions it has not been tried with.
            "org.flywaydb", Level.ERROR);

    private static final int QUEUE = 8_192;
    private static final int FLUSH_MS = 2_000;

    private final LoggerContext context;

    private Logging(LoggerContext context) {
        this.context = context;
    }

    /**
     * Begins to log, for the whole process, in place of what held before. Called once, by the launcher.
     *
     * @param node the node's name, which stands in JSON lines
     * @param terminal whether the lines go to a person, which decides {@link LogFormat#AUTO}
     * @param target where the lines go: not where the process prints what it was asked for
     * @return closed last of all when the process stops
     */
    public static Logging start(LogFormat format, LogLevel level, String node, boolean terminal, ConsoleTarget target) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        boolean text = format == LogFormat.TEXT || (format == LogFormat.AUTO && terminal);
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setTarget(target.getName());
        Logging logging = start(context, console, text ? new TextLines() : EcsLines.of(node), level);
        bridge();
        return logging;
    }

    static Logging start(
            LoggerContext context,
            OutputStreamAppender<ILoggingEvent> target,
            EncoderBase<ILoggingEvent> lines,
            LogLevel level) {
        context.reset();
        lines.setContext(context);
        lines.start();
        target.setContext(context);
        target.setEncoder(lines);
        target.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue(context, target));
        levels(context, Level.valueOf(level.name()));
        return new Logging(context);
    }

    private static AsyncAppender queue(LoggerContext context, OutputStreamAppender<ILoggingEvent> target) {
        var queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MS);
        queue.addAppender(target);
        queue.start();
        return queue;
    }

    private static void levels(LoggerContext context, Level ours) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(stricter(ours, Level.WARN));
        OTHERS.forEach((name, level) -> context.getLogger(name).setLevel(stricter(ours, level)));
        context.getLogger(OURS).setLevel(ours);
        context.getLogger(REQUESTS).setLevel(ours);
    }

    private static Level stricter(Level one, Level other) {
        return one.isGreaterOrEqual(other) ? one : other;
    }

    /** Libraries that use java.util.logging, Tribuo among them, are heard from warnings on. */
    private static void bridge() {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    }

    /** Writes the lines that wait, for two seconds at most, and logs no more. */
    @Override
    public void close() {
        context.stop();
    }
}
