package dev.sallyport.format.receipt;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.Dsse;
import dev.sallyport.format.Ed25519;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.MemoryTree;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Signs the receipts of a node, one signature for a flush. Thread-safe. */
public final class ReceiptSigner {
    /** The version of the signed statement. */
    public static final int VERSION = 1;

    /** The type of the signed statement. */
    public static final String PAYLOAD_TYPE = "application/vnd.sallyport.receipt+json";

    private final String node;
    private final PublicKey key;
    private final UnaryOperator<byte[]> signature;
    private final String keyId;

    /**
     * Makes a signer whose signatures another implementation makes.
     *
     * @param node the node, 1 to {@value Receipt#MAX_NODE_BYTES} bytes of UTF-8
     * @param key the node's receipt key, of Ed25519
     * @param signature returns the key's Ed25519 signature of any bytes; thread-safe
     * @throws IllegalArgumentException if a part is not as above
     */
    public ReceiptSigner(String node, PublicKey key, UnaryOperator<byte[]> signature) {
        this.node = node;
        this.key = key;
        this.signature = signature;
        keyId = KeyCertificate.keyId(key);
        var trial = new Receipt.Statement(0, node, 1);
        if (!verify(key, trial, Hash.EMPTY_TREE, sign(trial, Hash.EMPTY_TREE))) {
            throw new IllegalArgumentException("the private key is not the public key's");
        }
    }

    /**
     * Makes a signer with the JDK's signatures.
     *
     * @param node the node, 1 to {@value Receipt#MAX_NODE_BYTES} bytes of UTF-8
     * @param keys the node's receipt key, an Ed25519 pair
     * @throws IllegalArgumentException if a part is not as above
     */
    public static ReceiptSigner of(String node, KeyPair keys) {
        return new ReceiptSigner(node, keys.getPublic(), message -> Ed25519.sign(keys.getPrivate(), message));
    }

    /** Returns the key's id, as receipts name it: 16 hexadecimal digits. */
    public String keyId() {
        return keyId;
    }

    /** Returns the key that the log is to certify. */
    public PublicKey publicKey() {
        return key;
    }

    /**
     * Returns the receipts of a flush, in the order of its records. They may be made while it commits, and leave
     * only when it has.
     *
     * @param records the records' digests, 1 to {@value Receipt#MAX_RECORDS}
     * @param at the flush's time, µs since the epoch, UTC, by the database's clock
     * @throws IllegalArgumentException if there are none or too many, or the time is out of bounds
     */
    public List<Receipt> receipts(List<Hash> records, long at) {
        var statement = new Receipt.Statement(at, node, records.size());
        var tree = new MemoryTree(
                records.stream().map(record -> Hash.leaf(record.bytes())).toList());
        String signature =
                Base64.getEncoder().encodeToString(sign(statement, tree.head().root()));
        var receipts = new ArrayList<Receipt>(records.size());
        for (int i = 0; i < records.size(); i++) {
            receipts.add(new Receipt(records.get(i), statement, keyId, tree.inclusion(i), signature));
        }
        return receipts;
    }

    private byte[] sign(Receipt.Statement statement, Hash root) {
        return signature.apply(signed(statement, root));
    }

    static boolean verify(PublicKey key, Receipt.Statement statement, Hash root, byte[] signature) {
        return Ed25519.verify(key, signed(statement, root), signature);
    }

    /** Returns the bytes under the signature: DSSE's encoding, so that no other document can stand for a receipt. */
    private static byte[] signed(Receipt.Statement statement, Hash root) {
        return Dsse.pae(
                PAYLOAD_TYPE,
                CanonicalJson.write(JObject.of(Map.of(
                        "at", new JInt(statement.at()),
                        "node", new JString(statement.node()),
                        "root", new JString(root.toString()),
                        "size", new JInt(statement.size()),
                        "v", new JInt(VERSION)))));
    }
}
