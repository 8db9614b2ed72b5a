package dev.sallyport.api.operations;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.ledger.LedgerException;
import dev.sallyport.migrations.DatabaseException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/*
 * Messages of exceptions quote what they failed on: a number that did not parse, a row that broke a constraint, a token
 * of a body. So a message is written only for types whose messages are known to hold nothing of the kind; of a database's
 * error its SQLSTATE. Class and frames are always written: they are ours.
 */
/** What a log line tells of an exception. */
final class Thrown {
    private static final Set<String> TELLING = Set.of(
            LedgerException.class.getName(),
            DatabaseException.class.getName(),
            ModelLoadException.class.getName(),
            ModelRunException.class.getName(),
            BindException.class.getName(),
            ConnectException.class.getName(),
            SocketTimeoutException.class.getName(),
            AccessDeniedException.class.getName(),
            NoSuchFileException.class.getName());
    private static final int FRAMES = 30;
    private static final int CAUSES = 5;

    private Thrown() {}

    static List<KeyValuePair> describe(IThrowableProxy thrown) {
        List<KeyValuePair> fields = new ArrayList<>();
        fields.add(new KeyValuePair(LogFields.ERROR_TYPE, thrown.getClassName()));
        message(thrown).ifPresent(text -> fields.add(new KeyValuePair(LogFields.ERROR_MESSAGE, text)));
        fields.add(new KeyValuePair(LogFields.ERROR_STACK, stack(thrown)));
        return fields;
    }

    private static Optional<String> message(IThrowableProxy thrown) {
        if (thrown instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof SQLException refused) {
            return Optional.ofNullable(refused.getSQLState()).map(state -> "SQLSTATE " + state);
        }
        return TELLING.contains(thrown.getClassName()) ? Optional.ofNullable(thrown.getMessage()) : Optional.empty();
    }

    private static String stack(IThrowableProxy thrown) {
        var text = new StringBuilder(1024);
        IThrowableProxy next = thrown;
        for (int causes = 0; next != null && causes < CAUSES; causes++) {
            text.append(causes == 0 ? "" : "caused by ").append(next.getClassName());
            message(next).ifPresent(words -> text.append(": ").append(words));
            text.append('\n');
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("  ").append(frames[i].getSTEAsString()).append('\n');
            }
            next = next.getCause();
        }
        return text.toString();
    }
}
