package dev.sallyport.ledger.receipt;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.receipt.CertificateVerdict;
import dev.sallyport.format.receipt.KeyCertificate;
import dev.sallyport.format.receipt.ReceiptSigner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's receipt key: made at its start, in memory alone, registered for a period, certified by whoever sequences,
 * and registered again long before the period is over. Asking is cheap and thread-safe.
 */
public final class NodeReceiptKey {
    /** How long a period is. */
    static final Duration VALIDITY = Duration.ofDays(14);

    /** How far a period begins in the past: the database's clock may be set back a little. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final Duration LATE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(NodeReceiptKey.class);

    private final String node;
    private final DataSource writer;
    private final UnaryOperator<byte[]> mac;
    private final Supplier<List<VerifierKey>> logKeys;
    private final InstantSource clock;
    private final EphemeralKey key = new EphemeralKey();
    private final ReceiptSigner signer;
    private final ReentrantLock advancing = new ReentrantLock();

    private volatile List<KeyPeriod> certified = List.of();
    private @Nullable KeyPeriod registered;
    private boolean saidLate;
    private boolean saidFalse;
    private boolean failing;

    /**
     * Makes a key, which nobody knows yet.
     *
     * @param node the node, 1 to 255 bytes of UTF-8
     * @param writer connections of the role {@code ledger_writer}, in transactions that their user commits
     * @param mac the MAC under the key that nodes derive from the root key
     * @param logKeys reads the log's keys; may block and throw what it likes
     * @param clock the database's time
     * @throws IllegalArgumentException if the node's name is too long
     */
    public NodeReceiptKey(
            String node,
            DataSource writer,
            UnaryOperator<byte[]> mac,
            Supplier<List<VerifierKey>> logKeys,
            InstantSource clock) {
        this.node = node;
        this.writer = writer;
        this.mac = mac;
        this.logKeys = logKeys;
        this.clock = clock;
        this.signer = new ReceiptSigner(node, key.publicKey(), key::sign);
    }

    /** Returns what signs with the key. */
    public ReceiptSigner signer() {
        return signer;
    }

    /** Whether a certificate covers receipts of now. */
    public boolean isCertified() {
        long now = KeyPeriod.micros(clock.instant());
        return certified.stream().anyMatch(period -> period.covers(now));
    }

    /**
     * Does what is next: registers a period when the certified ones cover less than half of one, and asks for its
     * certificate. Blocks only where there is something to do that nobody else is doing. What fails is done at the next
     * call.
     */
    public void advance() {
        if (!advancing.tryLock()) {
            return;
        }
        try {
            step();
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("the receipt key cannot be registered or certified now, it is tried again", e);
            }
        } finally {
            advancing.unlock();
        }
    }

    private void step() throws SQLException {
        long now = KeyPeriod.micros(clock.instant());
        if (registered != null && !registered.covers(now)) {
            registered = null;
        }
        // not covered now: the database's clock was set back, or nobody has sequenced for long
        if (registered == null && !(isCovered(now) && isCovered(now + VALIDITY.toMillis() * 1_000 / 2))) {
            registered = register(now);
        }
        if (registered != null && isCertified(registered)) {
            certified = Stream.concat(
                            certified.stream().filter(period -> now <= period.notAfter()), Stream.of(registered))
                    .toList();
            LOG.info("the receipt key {} is certified", signer.keyId());
            registered = null;
            saidLate = false;
        } else if (registered != null) {
            sayIfLate(now - registered.notBefore());
        }
    }

    private boolean isCovered(long at) {
        return certified.stream().anyMatch(period -> period.covers(at));
    }

    private KeyPeriod register(long now) throws SQLException {
        var period = new KeyPeriod(
                node, key.publicKey(), now - BEFORE.toMillis() * 1_000, now + VALIDITY.toMillis() * 1_000);
        try (Connection connection = writer.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT receipt_key_register(?, ?, ?, ?, ?)")) {
            statement.setString(1, node);
            statement.setBytes(2, Ed25519.encode(period.key()));
            statement.setLong(3, period.notBefore());
            statement.setLong(4, period.notAfter());
            statement.setBytes(5, mac.apply(period.registered()));
            statement.execute();
            connection.commit();
        }
        return period;
    }

    /** Whether the log has certified the period; a certificate that is not the log's own is none. */
    private boolean isCertified(KeyPeriod period) throws SQLException {
        byte[] document = certificate(period);
        if (document == null) {
            return false;
        }
        boolean certain = KeyCertificate.verify(document, logKeys.get()) instanceof CertificateVerdict.Valid(var found)
                && found.equals(period.certificate(found.log()));
        if (!certain && !saidFalse) {
            saidFalse = true;
            LOG.error("the certificate that the database has of the receipt key {} is not the log's", signer.keyId());
        }
        return certain;
    }

    private byte @Nullable [] certificate(KeyPeriod period) throws SQLException {
        try (Connection connection = writer.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT receipt_key_certificate(?, ?, ?)")) {
            statement.setString(1, node);
            statement.setBytes(2, Ed25519.encode(period.key()));
            statement.setLong(3, period.notBefore());
            try (ResultSet row = statement.executeQuery()) {
                byte[] document = row.next() ? row.getBytes(1) : null;
                connection.commit();
                return document;
            }
        }
    }

    private void sayIfLate(long sinceMicros) {
        if (!saidLate && sinceMicros > BEFORE.plus(LATE).toMillis() * 1_000) {
            saidLate = true;
            LOG.warn(
                    "the receipt key {} is not certified yet: a node must sequence that has the log key and this"
                            + " node's root key",
                    signer.keyId());
        }
    }
}
