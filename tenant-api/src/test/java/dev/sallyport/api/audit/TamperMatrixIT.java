package dev.sallyport.api.audit;

import static dev.sallyport.api.audit.TamperedLog.ACME;
import static dev.sallyport.api.audit.TamperedLog.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.audit.TamperedLog.Verdict;
import dev.sallyport.migrations.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every attack on the log that we know of, on a real database and a real export, and what catches it. The table in
 * docs/tamper-matrix.md is what this has found, word for word.
 */
final class TamperMatrixIT {
    private static final String NOT_CATCHABLE = "not catchable without a witness";
    private static final String SUPERUSER = "database superuser";
    private static final String KEY_HOLDER = "holder of the log key";
    private static final String NOT_HIS = "–";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private int number;

    /** What an attacker does. */
    private interface Deed {
        void to(TamperedLog log) throws Exception;
    }

    /**
     * A row.
     *
     * @param as who
     * @param name what
     * @param left the attack by itself; null where it is nothing without the rest
     * @param through the attack on the records, after which the log is signed anew
     */
    private record Attack(String as, String name, @Nullable Deed left, Deed through) {}

    /** Text put in place of another in a record, with its digest. */
    private static String rewrite(String id, String from, String to) {
        return "UPDATE records SET record = convert_to(regexp_replace(convert_from(record, 'UTF8'), '" + from + "', '"
                + to + "'), 'UTF8') WHERE tenant = 'acme' AND id = '" + id + "'";
    }

    private static final String DIGESTS = "UPDATE records SET digest = sha256(record)";

    private static String other(String id) {
        return id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    }

    private static void exchange(TamperedLog log) throws Exception {
        String a = log.id(2);
        String b = log.id(5);
        log.sql(
                "CREATE TEMP TABLE two AS SELECT id, convert_from(record, 'UTF8') AS text FROM records WHERE id IN ('"
                        + a + "', '" + b + "')",
                "UPDATE records SET record = convert_to(replace((SELECT text FROM two WHERE id = '" + b + "'), '" + b
                        + "', '" + a + "'), 'UTF8') WHERE id = '" + a + "'",
                "UPDATE records SET record = convert_to(replace((SELECT text FROM two WHERE id = '" + a + "'), '" + a
                        + "', '" + b + "'), 'UTF8') WHERE id = '" + b + "'",
                DIGESTS);
    }

    private static void change(TamperedLog log) throws Exception {
        log.sql(rewrite(log.id(3), "\"permit\"", "\"gap\""), DIGESTS);
    }

    private static void dropTail(TamperedLog log) throws Exception {
        log.sql("DELETE FROM records WHERE tenant = 'acme' AND id >= '" + log.id(6) + "'");
    }

    private static List<Attack> attacks() {
        return List.of(
                new Attack(
                        SUPERUSER,
                        "change a record",
                        log -> log.sql(rewrite(log.id(3), "\"permit\"", "\"gap\"")),
                        TamperMatrixIT::change),
                new Attack(
                        SUPERUSER,
                        "change a record, its digest and its entry",
                        log -> log.sql(
                                rewrite(log.id(0), "\"permit\"", "\"gap\""),
                                DIGESTS,
                                "UPDATE entry_runs SET digests = overlay(digests PLACING (SELECT digest FROM records WHERE id"
                                        + " = '" + log.id(0)
                                        + "') FROM 1 FOR 32) WHERE tenant = 'acme' AND first_index = 0"),
                        TamperMatrixIT::change),
                new Attack(
                        SUPERUSER,
                        "delete a record",
                        log -> log.sql("DELETE FROM records WHERE id = '" + log.id(3) + "'"),
                        log -> log.sql("DELETE FROM records WHERE id = '" + log.id(3) + "'")),
                new Attack(
                        SUPERUSER,
                        "insert a record into the past",
                        log -> log.sql(
                                "UPDATE entry_runs SET count = count + 1, ids = ARRAY['" + other(log.id(0))
                                        + "'] || ids, digests = sha256('x') || digests WHERE tenant = 'acme' AND first_index = 0"),
                        log -> log.sql(
                                "INSERT INTO records SELECT tenant, '" + other(log.id(3)) + "', retention_class,"
                                        + " recorded_at, pg_current_xact_id(), digest, convert_to(replace(convert_from("
                                        + "record, 'UTF8'), id, '" + other(log.id(3)) + "'), 'UTF8') FROM records"
                                        + " WHERE id = '" + log.id(3) + "'",
                                DIGESTS)),
                new Attack(
                        SUPERUSER,
                        "reorder records",
                        log -> log.sql(
                                "UPDATE entry_runs SET digests = substr(digests, 33, 32) || substr(digests, 1, 32)"
                                        + " || substr(digests, 65), ids = ids[2:2] || ids[1:1] || ids[3:] WHERE tenant = 'acme'"
                                        + " AND first_index = (SELECT first_index FROM entry_runs WHERE tenant = 'acme'"
                                        + " ORDER BY count DESC, first_index LIMIT 1)"),
                        TamperMatrixIT::exchange),
                new Attack(
                        SUPERUSER,
                        "date a record back",
                        log -> log.sql("UPDATE entry_runs SET sequenced_at = sequenced_at - 3600000000 WHERE tenant ="
                                + " 'acme' AND first_index = 0"),
                        log -> log.sql(rewrite(log.id(3), "\"at\":[0-9]+", "\"at\":1700000000000000"), DIGESTS)),
                new Attack(
                        SUPERUSER,
                        "renumber a record",
                        log -> log.sql("UPDATE entry_runs SET first_index = first_index + 1 WHERE tenant = 'acme' AND"
                                + " first_index = (SELECT max(first_index) FROM entry_runs WHERE tenant = 'acme')"),
                        log -> log.sql(
                                "UPDATE records SET record = convert_to(replace(convert_from(record, 'UTF8'), id, '"
                                        + other(log.id(3)) + "'), 'UTF8'), id = '" + other(log.id(3)) + "' WHERE id = '"
                                        + log.id(3) + "'",
                                DIGESTS)),
                new Attack(
                        SUPERUSER,
                        "swap tenants' leaves",
                        log -> log.sql(
                                "UPDATE trees t SET size = o.size, root = o.root, state = o.state FROM trees o WHERE"
                                        + " (t.tenant, o.tenant) IN (('acme', 'euro'), ('euro', 'acme'))"),
                        log -> log.sql("UPDATE records SET tenant = CASE tenant WHEN 'acme' THEN 'euro' ELSE 'acme' END"
                                + " WHERE tenant IN ('acme', 'euro')")),
                new Attack(
                        SUPERUSER,
                        "drop the tail",
                        log -> log.sql("DELETE FROM records WHERE tenant = 'acme' AND id >= '" + log.id(6) + "'"),
                        TamperMatrixIT::dropTail),
                new Attack(
                        SUPERUSER,
                        "drop the tail with its entries",
                        log -> {
                            dropTail(log);
                            log.sql("DELETE FROM entry_runs WHERE tenant = 'acme' AND first_index > 0");
                        },
                        TamperMatrixIT::dropTail),
                new Attack(KEY_HOLDER, "rewrite a record", null, TamperMatrixIT::change),
                new Attack(KEY_HOLDER, "cut the log back", null, TamperMatrixIT::dropTail));
    }

    @Test
    void everyAttack_isCaughtByWhatTheTableSays() throws Exception {
        var rows = new ArrayList<String>();
        for (Attack attack : attacks()) {
            String left = attack.left() == null ? NOT_HIS : left(attack.left());
            rows.add(row(attack, left, throughSigning(attack.through())));
        }
        rows.add(7 + 3, restored());
        rows.add(forked());
        rows.add(omitted());
        String table = String.join("\n", rows);
        assertThat(Files.readString(Path.of("..", "docs", "tamper-matrix.md"))).contains(table);
    }

    private static String row(Attack attack, String left, List<String> through) {
        return "| " + attack.as() + " | " + attack.name() + " | " + left + " | " + String.join(" | ", through) + " |";
    }

    private Path next() throws Exception {
        return Files.createDirectory(folder.resolve("log-" + ++number));
    }

    private String left(Deed deed) throws Exception {
        try (var log = new TamperedLog(next())) {
            log.stop();
            deed.to(log);
            log.restart();
            Optional<Path> exported = log.export(ACME);
            return exported.isEmpty()
                    ? REFUSED
                    : words(log.verify(exported.get()).words());
        }
    }

    private List<String> throughSigning(Deed deed) throws Exception {
        try (var log = new TamperedLog(next())) {
            log.stop();
            deed.to(log);
            log.signAnew();
            return verdicts(log, log.export(ACME).orElseThrow());
        }
    }

    /** What the three things that may be kept catch, and what is said when nothing was. */
    private static List<String> verdicts(TamperedLog log, Path exported) {
        var caught = new TreeSet<String>();
        Verdict bare = log.verify(exported);
        for (String kept : List.of("receipts", "previous", "witness")) {
            caught.addAll(log.verify(exported, kept).words());
        }
        if (bare.exit() == 0) {
            assertThat(bare.text()).contains(NOT_CATCHABLE);
        }
        String without = bare.words().isEmpty() ? NOT_CATCHABLE : words(bare.words());
        return List.of(words(caught), without);
    }

    private static String words(Set<String> words) {
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    /** A backup of before is served, and the log grows on from there. */
    private String restored() throws Exception {
        try (var log = new TamperedLog(next())) {
            TestDatabase backup = log.copy();
            log.append(ACME, 3);
            log.sequenced();
            log.keep();
            log.serve(backup);
            String left = words(new TreeSet<>(
                    log.verify(log.export(ACME).orElseThrow(), "previous").words()));
            log.append(TamperedLog.EURO, 1);
            log.sequenced();
            log.append(TamperedLog.EURO, 1);
            log.sequenced();
            // The receipts of what was lost are older than the checkpoint by now.
            Thread.sleep(2_500);
            log.append(ACME, 1);
            log.sequenced();
            return row(
                    new Attack(SUPERUSER, "restore an old backup", null, l -> {}),
                    left,
                    verdicts(log, log.export(ACME).orElseThrow()));
        }
    }

    /** Two histories from one beginning: the checker is shown the one, others the other. */
    private String forked() throws Exception {
        try (var log = new TamperedLog(next())) {
            TestDatabase fork = log.copy();
            log.append(ACME, 2);
            log.sequenced();
            log.keep();
            log.serve(fork);
            for (int i = 0; i < 4; i++) {
                log.append(TamperedLog.EURO, 1);
                log.append(ACME, 1);
                log.sequenced();
            }
            return row(
                    new Attack(KEY_HOLDER, "fork the log", null, l -> {}),
                    NOT_HIS,
                    verdicts(log, log.export(ACME).orElseThrow()));
        }
    }

    /** The tenant is left out from some round on: all that can be shown to it is a package of before. */
    private String omitted() throws Exception {
        try (var log = new TamperedLog(next())) {
            Path before = log.export(ACME).orElseThrow();
            log.append(ACME, 2);
            log.sequenced();
            log.keep();
            return row(
                    new Attack(KEY_HOLDER, "omit a tenant from the rounds", null, l -> {}),
                    NOT_HIS,
                    verdicts(log, before));
        }
    }
}
