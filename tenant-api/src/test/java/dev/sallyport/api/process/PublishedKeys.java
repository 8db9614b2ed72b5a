package dev.sallyport.api.process;

import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptKeys;
import dev.sallyport.format.receipt.ReceiptVerdict;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code /.well-known/sallyport/log-keys} says, read as somebody outside does.
 *
 * @param logKeys the log's keys
 * @param receiptKeys the certified receipt keys
 */
public record PublishedKeys(List<VerifierKey> logKeys, ReceiptKeys receiptKeys) {
    /** Reads the document. */
    public static PublishedKeys parse(String document) {
        JsonObject json = new JsonObject(document);
        List<VerifierKey> logKeys = json.getJsonArray("keys").stream()
                .map(key -> VerifierKey.parse(((JsonObject) key).getString("vkey")))
                .toList();
        List<byte[]> certificates = json.getJsonArray("receiptKeys").stream()
                .map(certificate -> ((JsonObject) certificate).toBuffer().getBytes())
                .toList();
        return new PublishedKeys(logKeys, ReceiptKeys.of(certificates, logKeys));
    }

    /** Checks a receipt against the text of its record. */
    public ReceiptVerdict verify(String receipt, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        return Receipt.verify(receipt, Hash.of(Sha256.digest(bytes)), receiptKeys);
    }
}
