package dev.sallyport.torture.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/**
 * Sequences whatever is after the last record that was seen, also while older transactions still run: what they commit
 * later stays behind the cursor. The sequencer's own statement is changed in one place on its way.
 */
public final class LastSeenDriver extends PlantedDriver {
    private static final String ASKED =
            "AND r.xid < pg_snapshot_xmin(pg_current_snapshot()) AND (r.xid, r.tenant, r.id) >";
    private static final String PLANTED = "AND (r.xid, r.tenant, r.id) >";

    static {
        register(new LastSeenDriver());
    }

    /** Made by the service loader. */
    public LastSeenDriver() {
        super("sequencer");
    }

    @Override
    Connection plant(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                LastSeenDriver.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                        arguments[0] = changed(sql);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String changed(String sql) {
        if (sql.startsWith("SELECT r.xid::text, r.tenant, r.id, r.recorded_at, r.digest FROM records r WHERE r.xid >=")
                && !sql.contains(ASKED)) {
            throw new IllegalStateException("nothing to plant in: " + sql);
        }
        return sql.replace(ASKED, PLANTED);
    }
}
