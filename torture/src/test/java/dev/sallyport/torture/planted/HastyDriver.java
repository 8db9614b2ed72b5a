package dev.sallyport.torture.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Answers before the commit: COMMIT of the ledger's writer returns at once and is sent a moment later. */
public final class HastyDriver extends PlantedDriver {
    private static final long LATER_MS = 40;

    /** What goes to the server, and must come after the commit before. */
    private static final Set<String> ASK =
            Set.of("prepareStatement", "createStatement", "commit", "rollback", "isValid");

    static {
        register(new HastyDriver());
    }

    /** Made by the service loader. */
    public HastyDriver() {
        super("ledger_writer");
    }

    @Override
    Connection plant(Connection real) {
        CompletableFuture<?>[] pending = {CompletableFuture.completedFuture(null)};
        return (Connection) Proxy.newProxyInstance(
                HastyDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ASK.contains(method.getName())) {
                        settle(pending[0]);
                    }
                    if (method.getName().equals("commit")) {
                        pending[0] = CompletableFuture.runAsync(
                                () -> commit(real), CompletableFuture.delayedExecutor(LATER_MS, TimeUnit.MILLISECONDS));
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void settle(CompletableFuture<?> pending) {
        try {
            pending.join();
        } catch (CompletionException lost) {
            // Nobody is told: that is the fault.
        }
    }

    private static void commit(Connection real) {
        try {
            real.commit();
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }
}
