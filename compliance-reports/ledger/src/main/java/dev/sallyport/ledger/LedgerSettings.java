package dev.sallyport.ledger;

import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.ledger.tree.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger needs to open.
 *
 * @param jdbcUrl the database, without credentials
 * @param passwords the password of each {@link LedgerRole}, none missing
 * @param keysDir the folder of key files; made with mode 0700 if absent
 * @param node this node's name, under which its flushes are numbered
 * @param software the version of the service, which stands in records
 * @param log the log's name and witness
 * @param queueLimit how many records may wait for a flush, at least 1; more are refused
 * @param batchLimit how many records one flush takes at most, 1 to {@value Receipt#MAX_RECORDS}
 * @param trace where the ledger's {@linkplain LedgerTrace trace} goes; empty for none
 * @param lease how long a node may be silent before the others give it up, at least a second
 */
public record LedgerSettings(
        String jdbcUrl,
        Map<LedgerRole, String> passwords,
        Path keysDir,
        String node,
        String software,
        LogSettings log,
        int queueLimit,
        int batchLimit,
        Optional<Path> trace,
        Duration lease) {

    /** The limit of the queue unless configured. */
    public static final int QUEUE_LIMIT = 20_000;

    /** The limit of a flush unless configured. */
    public static final int BATCH_LIMIT = 1_000;

    /** How long a node may be silent unless configured. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException naming a missing password, a limit below 1 or a lease below a second */
    public LedgerSettings {
        passwords = Map.copyOf(passwords);
        for (LedgerRole role : LedgerRole.values()) {
            if (!passwords.containsKey(role)) {
                throw new IllegalArgumentException("the database role " + role.roleName() + " has no password");
            }
        }
        if (!node.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException("a node's name is 1 to 63 letters, digits, '.', '_' or '-'");
        }
        if (queueLimit < 1 || batchLimit < 1 || batchLimit > Receipt.MAX_RECORDS) {
            throw new IllegalArgumentException("the ledger's limits are at least 1, a flush's at most 65,536");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a node's lease is at least a second");
        }
    }

    /** Returns settings with the usual limits. */
    public static LedgerSettings of(
            String jdbcUrl, Map<LedgerRole, String> passwords, Path keysDir, String node, String software) {
        return new LedgerSettings(
                jdbcUrl,
                passwords,
                keysDir,
                node,
                software,
                LogSettings.PLAIN,
                QUEUE_LIMIT,
                BATCH_LIMIT,
                Optional.empty(),
                LEASE);
    }

    String password(LedgerRole role) {
        String password = passwords.get(role);
        if (password == null) {
            throw new IllegalStateException("checked at construction");
        }
        return password;
    }

    /** Names no password. */
    @Override
    public String toString() {
        return "LedgerSettings[" + jdbcUrl + ", node " + node + "]";
    }
}
