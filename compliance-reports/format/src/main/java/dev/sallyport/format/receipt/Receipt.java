package dev.sallyport.format.receipt;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.receipt.ReceiptVerdict.BadSignature;
import dev.sallyport.format.receipt.ReceiptVerdict.Malformed;
import dev.sallyport.format.receipt.ReceiptVerdict.NoCertificate;
import dev.sallyport.format.receipt.ReceiptVerdict.OtherRecord;
import dev.sallyport.format.receipt.ReceiptVerdict.OutsideValidity;
import dev.sallyport.format.receipt.ReceiptVerdict.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The service's word that a record is committed and will be in its tenant's log within the merge delay.
 *
 * @param record the record's digest
 * @param statement what was signed, but for the root, to which the path leads
 * @param keyId the receipt key's id, 16 hexadecimal digits
 * @param place the digest's place and path in the flush's tree
 * @param signature 64 bytes in base64
 */
public record Receipt(Hash record, Statement statement, String keyId, InclusionProof place, String signature) {
    /** The most records that one signature may cover. */
    public static final int MAX_RECORDS = 1 << 16;

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");

    /** The most bytes of a node's name. */
    public static final int MAX_NODE_BYTES = 255;

    /**
     * What a receipt says of its flush.
     *
     * @param at the flush's time, µs since the epoch, UTC, by the database's clock
     * @param node the node that committed it, 1 to {@value Receipt#MAX_NODE_BYTES} bytes of UTF-8
     * @param size how many records it had, 1 to {@value Receipt#MAX_RECORDS}
     */
    public record Statement(long at, String node, int size) {
        /** @throws IllegalArgumentException if a part is not as above */
        public Statement {
            if (at < 0 || at > JsonValue.MAX_INTEGER || !isNode(node) || size < 1 || size > MAX_RECORDS) {
                throw new IllegalArgumentException("a receipt has a time, a node and 1 to 65,536 records");
            }
        }
    }

    /** @throws IllegalArgumentException if a part is not as above, or the path has not the length that its place asks */
    public Receipt {
        if (!KEY_ID.matcher(keyId).matches()
                || place.path().size() != InclusionProof.length(place.index(), statement.size())
                || !ReceiptCodec.isSignature(signature)) {
            throw new IllegalArgumentException("a receipt has a key's id, a path of the right length and a signature");
        }
    }

    /** Returns the compact text, {@code v1.} and base64url: for headers and parameters. */
    public String encode() {
        return ReceiptCodec.encode(this);
    }

    /**
     * Reads the compact text. Nothing in it may be believed before it is verified.
     *
     * @throws FormatException if it is anything else
     */
    public static Receipt parse(String text) {
        return ReceiptCodec.parse(text);
    }

    /**
     * Checks a receipt. Never throws.
     *
     * @param text the compact text, whatever it is
     * @param record the digest of the record for which it should be
     * @param keys the certified receipt keys
     */
    public static ReceiptVerdict verify(String text, Hash record, ReceiptKeys keys) {
        Receipt receipt;
        try {
            receipt = parse(text);
        } catch (FormatException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
        return receipt.record.equals(record) ? receipt.under(keys) : new OtherRecord(receipt.record);
    }

    private ReceiptVerdict under(ReceiptKeys keys) {
        List<KeyCertificate> certificates = keys.find(statement.node(), keyId);
        if (certificates.isEmpty()) {
            return new NoCertificate(statement.node(), keyId);
        }
        for (KeyCertificate certificate : certificates) {
            if (certificate.covers(statement.at())) {
                return signedBy(certificate) ? new Valid(this, certificate) : new BadSignature(certificate);
            }
        }
        return new OutsideValidity(statement.at(), certificates.getFirst());
    }

    private boolean signedBy(KeyCertificate certificate) {
        Hash root = place.root(Hash.leaf(record.bytes()), statement.size());
        return ReceiptSigner.verify(
                certificate.key(), statement, root, Base64.getDecoder().decode(signature));
    }

    static boolean isNode(String node) {
        return !node.isEmpty()
                && node.length() <= MAX_NODE_BYTES
                && StandardCharsets.UTF_8.newEncoder().canEncode(node)
                && node.getBytes(StandardCharsets.UTF_8).length <= MAX_NODE_BYTES;
    }
}
