package dev.sallyport.ledger;

import dev.sallyport.ledger.budget.Share;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** The columns of a flush as arrays, one parameter each. */
final class FlushArrays {
    private final Connection connection;
    private final String node;
    private final long generation;
    private final List<Pending> calls;
    private final List<Pending> withPayload;
    private final Map<Key, Long> charges = new LinkedHashMap<>();

    private record Key(String tenant, String budget, long window) {}

    FlushArrays(Connection connection, String node, Flush flush) {
        this.connection = connection;
        this.node = node;
        this.generation = flush.generation;
        this.calls = flush.calls;
        this.withPayload = calls.stream().filter(call -> call.payload != null).toList();
        for (Pending call : calls) {
            for (Share charge : call.charges) {
                charges.merge(
                        new Key(charge.tenant(), charge.budget(), charge.window()), charge.rows(), Math::addExact);
            }
        }
    }

    boolean hasPayloads() {
        return !withPayload.isEmpty();
    }

    boolean hasCharges() {
        return !charges.isEmpty();
    }

    /** Sets the parameters from this index on, in the order of the statements of {@link FlushTransaction}. */
    void bind(PreparedStatement statement, int first) throws SQLException {
        int at = bindFence(statement, first);
        if (!calls.isEmpty()) {
            at = bindRecords(statement, at);
        }
        if (hasPayloads()) {
            at = bindPayloads(statement, at);
        }
        if (hasCharges()) {
            bindCharges(statement, at);
        }
    }

    private int bindFence(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        Fence fence = Fence.of(calls);
        statement.setArray(at++, texts(fence.tenants().keySet().toArray(String[]::new)));
        statement.setArray(
                at++,
                longs(fence.tenants().values().stream()
                        .mapToLong(Long::longValue)
                        .toArray()));
        if (fence.platform() == null) {
            statement.setNull(at++, Types.BIGINT);
        } else {
            statement.setLong(at++, fence.platform());
        }
        return at;
    }

    private int bindRecords(PreparedStatement statement, int first) throws SQLException {
        int count = calls.size();
        var tenants = new String[count];
        var ids = new String[count];
        var classes = new String[count];
        var millis = new long[count];
        var digests = new byte[count][];
        var records = new byte[count][];
        for (int i = 0; i < count; i++) {
            Pending call = calls.get(i);
            tenants[i] = call.tenant;
            ids[i] = call.id;
            classes[i] = call.retention;
            millis[i] = call.recordedAtMillis;
            digests[i] = call.digest;
            records[i] = call.bytes;
        }
        int at = first;
        statement.setArray(at++, texts(tenants));
        statement.setArray(at++, texts(ids));
        statement.setArray(at++, texts(classes));
        statement.setArray(at++, longs(millis));
        statement.setArray(at++, connection.createArrayOf("bytea", digests));
        statement.setArray(at++, connection.createArrayOf("bytea", records));
        return at;
    }

    private int bindPayloads(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        statement.setArray(at++, texts(withPayload.stream().map(c -> c.tenant).toArray(String[]::new)));
        statement.setArray(at++, texts(withPayload.stream().map(c -> c.id).toArray(String[]::new)));
        statement.setArray(
                at++,
                longs(withPayload.stream().mapToLong(c -> c.recordedAtMillis).toArray()));
        statement.setArray(
                at++,
                connection.createArrayOf(
                        "bytea", withPayload.stream().map(c -> c.payload).toArray(byte[][]::new)));
        return at;
    }

    private void bindCharges(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        statement.setString(at++, node);
        statement.setLong(at++, generation);
        statement.setArray(
                at++, texts(charges.keySet().stream().map(Key::tenant).toArray(String[]::new)));
        statement.setArray(
                at++, texts(charges.keySet().stream().map(Key::budget).toArray(String[]::new)));
        statement.setArray(
                at++, longs(charges.keySet().stream().mapToLong(Key::window).toArray()));
        statement.setArray(
                at, longs(charges.values().stream().mapToLong(Long::longValue).toArray()));
    }

    private Array texts(String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private Array longs(long[] values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
    }
}
