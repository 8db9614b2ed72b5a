package dev.sallyport.format.receipt;

import dev.sallyport.format.Ed25519;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;

/** The compact text of a receipt: every receipt has one, and every text at most one receipt. */
final class ReceiptCodec {
    private static final String VERSION = "v1.";
    private static final int KEY_ID_BYTES = 8;
    private static final int MAX_PATH = 16;

    private static final int FIXED_BYTES =
            Hash.BYTES + Long.BYTES + 1 + KEY_ID_BYTES + Integer.BYTES + Integer.BYTES + Ed25519.SIGNATURE_BYTES;

    private static final int MAX_TEXT =
            VERSION.length() + (FIXED_BYTES + Receipt.MAX_NODE_BYTES + MAX_PATH * Hash.BYTES) * 4 / 3 + 4;

    private ReceiptCodec() {}

    static String encode(Receipt receipt) {
        byte[] node = receipt.statement().node().getBytes(StandardCharsets.UTF_8);
        InclusionProof place = receipt.place();
        var bytes = ByteBuffer.allocate(FIXED_BYTES + node.length + place.path().size() * Hash.BYTES);
        bytes.put(receipt.record().bytes())
                .putLong(receipt.statement().at())
                .put((byte) node.length)
                .put(node)
                .put(HexFormat.of().parseHex(receipt.keyId()))
                .putInt(receipt.statement().size())
                .putInt(Math.toIntExact(place.index()));
        place.path().forEach(hash -> bytes.put(hash.bytes()));
        bytes.put(Base64.getDecoder().decode(receipt.signature()));
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Receipt parse(String text) {
        if (!text.startsWith(VERSION) || text.length() > MAX_TEXT) {
            throw new FormatException(
                    "a receipt begins with " + VERSION + " and has at most " + MAX_TEXT + " characters");
        }
        Receipt receipt;
        try {
            receipt = read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(VERSION.length()))));
        } catch (BufferUnderflowException e) {
            throw new FormatException("the receipt ends too early");
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a receipt of version 1: " + e.getMessage());
        }
        if (!encode(receipt).equals(text)) {
            throw new FormatException("not the one text of this receipt");
        }
        return receipt;
    }

    private static Receipt read(ByteBuffer bytes) {
        Hash record = hash(bytes);
        long at = bytes.getLong();
        String node = new String(take(bytes, Byte.toUnsignedInt(bytes.get())), StandardCharsets.UTF_8);
        String keyId = HexFormat.of().formatHex(take(bytes, KEY_ID_BYTES));
        var statement = new Receipt.Statement(at, node, bytes.getInt());
        int index = bytes.getInt();
        int hashes = InclusionProof.length(index, statement.size());
        var path = new ArrayList<Hash>(hashes);
        while (path.size() < hashes) {
            path.add(hash(bytes));
        }
        String signature = Base64.getEncoder().encodeToString(take(bytes, Ed25519.SIGNATURE_BYTES));
        return new Receipt(record, statement, keyId, new InclusionProof(index, path), signature);
    }

    private static Hash hash(ByteBuffer bytes) {
        return Hash.of(take(bytes, Hash.BYTES));
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        var taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    static boolean isSignature(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == Ed25519.SIGNATURE_BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
