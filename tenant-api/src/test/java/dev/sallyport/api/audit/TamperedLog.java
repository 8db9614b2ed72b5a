package dev.sallyport.api.audit;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Principal;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerException;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.tree.LogException;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.TenantId;
import dev.sallyport.verifier.Main;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A real log of two tenants, what people outside have kept of it (a checkpoint, receipts, a witness's note), and the
 * hands of somebody who may write everything in its database and start the server again.
 */
final class TamperedLog implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final TenantId EURO = new TenantId("euro");

    /** The word for a server that will not export what it finds. */
    static final String REFUSED = "refused by the server";

    private static final int PATIENCE = 300;
    private static final Principal KEY = Principal.key("key-1", "caller");

    /** The log begun again, with its key, over the records as they are: who holds the database needs no key for it. */
    private static final List<String> BEGIN_AGAIN = List.of(
            "DELETE FROM tiles",
            "DELETE FROM entry_runs",
            "DELETE FROM rounds",
            "DELETE FROM trees",
            "INSERT INTO trees SELECT t, 0, sha256(''), '\\x0000000000000000' FROM unnest('{\"\",platform}'::text[]) t",
            "UPDATE log_state SET rounds = 0, sequenced_at = 0, checkpoint = '', walking = true, walked_tenant = '',"
                    + " walked_at = '-infinity', walked_id = '', cursor_tenant = '', cursor_id = '',"
                    + " cursor_xid = pg_snapshot_xmin(pg_current_snapshot()), cursor_at = clock_timestamp()");

    private final Path folder;
    private final List<String> receipts = new ArrayList<>();
    private TestDatabase database = TestDatabase.fresh();
    private Optional<Ledger> ledger = Optional.empty();
    private long keptTree;
    private long keptLog;

    /**
     * What a verification said.
     *
     * @param exit its exit code
     * @param words the checks that failed, and where records were noticed to be late, {@code order}
     * @param text of all findings
     */
    record Verdict(int exit, Set<String> words, String text) {}

    TamperedLog(Path folder) throws Exception {
        this.folder = folder;
        sql("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme'), ('euro', 'Euro')");
        open();
        append(ACME, 5);
        append(EURO, 4);
        sequenced();
        append(ACME, 4);
        sequenced();
        keep();
    }

    Ledger ledger() {
        return ledger.orElseThrow();
    }

    private void open() {
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        ledger = Optional.of(Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, folder.resolve("keys"), "node-1", "test"),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE));
    }

    void stop() {
        ledger.ifPresent(Ledger::close);
        ledger = Optional.empty();
    }

    /** Appends records; the caller keeps the receipts of acme's. */
    void append(TenantId tenant, int count) throws InterruptedException {
        RecordMint mint = ledger().mint();
        for (int i = 0; i < count; i++) {
            AuditRecord record = mint.decision(mint.id(), tenant, KEY, "predict", Effect.PERMIT)
                    .build();
            AppendResult result = ledger().writer()
                    .append(Append.of(record, null, Duration.ofSeconds(10)))
                    .toCompletableFuture()
                    .join();
            if (!(result instanceof AppendResult.Committed(String id, String receipt))) {
                throw new AssertionError("not committed: " + result);
            }
            if (tenant.equals(ACME)) {
                receipts.add(receipt + " " + id);
            }
            Thread.sleep(2);
        }
    }

    /** Waits until all records have their place in the signed log. */
    void sequenced() throws Exception {
        for (TenantId tenant : List.of(ACME, EURO)) {
            long records = count("SELECT count(*) FROM records WHERE tenant = '" + tenant + "'");
            long size = -1;
            for (int i = 0; i < PATIENCE && size != records; i++) {
                Thread.sleep(50);
                size = ledger().log()
                        .latest(tenant)
                        .map(c -> c.leaf().head().size())
                        .orElse(0L);
            }
            if (size != records) {
                throw new AssertionError(tenant + " has " + records + " records and a tree of " + size);
            }
        }
    }

    /** What people outside take away. */
    void keep() throws IOException {
        TenantCheckpoint checkpoint = ledger().log().latest(ACME).orElseThrow();
        Files.write(folder.resolve("previous"), checkpoint.encode());
        Files.write(folder.resolve("witness"), checkpoint.note().encode());
        Files.write(folder.resolve("receipts"), receipts);
        keptTree = checkpoint.leaf().head().size();
        keptLog = Checkpoint.parse(checkpoint.note().text()).head().size();
    }

    /** Starts the server again over what the attacker has left: a fresh process remembers nothing. It may refuse. */
    void restart() {
        stop();
        try {
            open();
        } catch (LogException | LedgerException refused) {
            ledger = Optional.empty();
        }
    }

    /** Lets the server sign the records as they are, as a log from its beginning. */
    void signAnew() throws Exception {
        stop();
        sql(BEGIN_AGAIN.toArray(String[]::new));
        open();
        sequenced();
        // A few heartbeats: the new log is to be no smaller than the old one, which would show at once.
        for (int i = 0; i < keptLog + 1; i++) {
            append(EURO, 1);
            sequenced();
        }
    }

    /** Makes a copy of the database, as a backup is. */
    TestDatabase copy() {
        stop();
        TestDatabase copy = database.copy();
        open();
        return copy;
    }

    /** Serves another database from now on. */
    void serve(TestDatabase other) {
        stop();
        database = other;
        open();
    }

    void sql(String... statements) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns the id of a record of acme's, counted from the first. */
    String id(int place) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM records WHERE tenant = 'acme' ORDER BY id OFFSET " + place + " LIMIT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Exports a tenant's log with proofs for what was kept; empty if the server will not. */
    Optional<Path> export(TenantId tenant) throws IOException {
        if (ledger.isEmpty()) {
            return Optional.empty();
        }
        var export = new LogExport(ledger().log(), ledger().receiptKeys()::certificates);
        var wanted = new LogExport.Wanted(
                tenant, 0, OptionalLong.empty(), new TreeSet<>(Set.of(keptTree)), new TreeSet<>(Set.of(keptLog)), true);
        Path file = folder.resolve("package-" + System.nanoTime() + ".zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Optional<LogExport.Prepared> prepared = export.prepare(wanted);
            if (prepared.isEmpty()) {
                return Optional.empty();
            }
            prepared.get().writeTo(out);
            return Optional.of(file);
        } catch (LogException | LedgerException refused) {
            return Optional.empty();
        }
    }

    /** Verifies a package, with these of the files that were kept. */
    Verdict verify(Path file, String... kept) {
        var arguments = new ArrayList<String>(List.of(
                file.toString(),
                "--json",
                "--log-key",
                folder.resolve("keys").resolve("log.vkey").toString()));
        for (String name : kept) {
            arguments.add("--" + name);
            arguments.add(folder.resolve(name).toString());
        }
        var out = new StringWriter();
        int exit = Main.run(arguments, new PrintWriter(out), new PrintWriter(new StringWriter()));
        JsonArray findings = new JsonObject(out.toString()).getJsonArray("findings");
        var words = new TreeSet<String>();
        for (int i = 0; i < findings.size(); i++) {
            JsonObject finding = findings.getJsonObject(i);
            if (finding.getString("outcome").equals("broken")
                    || finding.getString("code").equals("RECORDED_LATE")) {
                words.add(finding.getString("check"));
            }
        }
        return new Verdict(exit, words, out.toString());
    }

    @Override
    public void close() {
        stop();
    }
}
