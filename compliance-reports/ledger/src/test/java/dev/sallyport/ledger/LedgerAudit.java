package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Charge;
import dev.sallyport.format.Sha256;
import dev.sallyport.migrations.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks behind the product's back: every answered call has its record, and the sums are those of the records. */
final class LedgerAudit {
    /**
     * A record with the transaction that wrote it.
     *
     * @param xid the transaction's id
     */
    record Written(AuditRecord record, long xid) {}

    private LedgerAudit() {}

    static List<Written> records(TestDatabase database) {
        var written = new ArrayList<Written>();
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT record, digest, xid::text FROM records")) {
            while (row.next()) {
                if (!Arrays.equals(Sha256.digest(row.getBytes(1)), row.getBytes(2))) {
                    throw new AssertionError("a record's digest is not its own");
                }
                written.add(new Written(AuditRecord.parse(row.getBytes(1)), Long.parseLong(row.getString(3))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return written;
    }

    /** Returns what is wrong, one sentence a fault. */
    static List<String> faults(TestDatabase database, Collection<String> answered) {
        var faults = new ArrayList<String>();
        List<Written> written = records(database);
        Set<String> ids = new HashSet<>();
        Map<String, Long> charged = new HashMap<>();
        for (Written each : written) {
            if (!ids.add(each.record.id())) {
                faults.add("written twice: " + each.record.id());
            }
            for (Charge charge : each.record.charges()) {
                charged.merge(
                        each.record.tenant() + "|" + charge.budget() + "|" + charge.window(), charge.rows(), Long::sum);
            }
        }
        answered.stream().filter(id -> !ids.contains(id)).forEach(id -> faults.add("answered without a record: " + id));
        Map<String, Long> sums = sums(database);
        if (!sums.equals(charged)) {
            faults.add("the sums are " + sums + ", the records' charges " + charged);
        }
        return faults;
    }

    static Map<String, Long> sums(TestDatabase database) {
        var sums = new HashMap<String, Long>();
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT tenant, budget, window_start, sum(used)::bigint FROM budget_shares WHERE used > 0 GROUP BY 1, 2, 3")) {
            while (row.next()) {
                Instant window = row.getObject(3, OffsetDateTime.class).toInstant();
                sums.put(
                        row.getString(1) + "|" + row.getString(2) + "|" + window.getEpochSecond() * 1_000_000,
                        row.getLong(4));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return sums;
    }
}
