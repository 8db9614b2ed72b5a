package dev.sallyport.format.receipt;

import dev.sallyport.format.merkle.Hash;

/** What came of checking a receipt. */
public sealed interface ReceiptVerdict {
    /**
     * The service is bound to including the record.
     *
     * @param receipt what was signed
     * @param certificate the key that signed it
     */
    record Valid(Receipt receipt, KeyCertificate certificate) implements ReceiptVerdict {}

    /**
     * The text is no receipt.
     *
     * @param why a sentence
     */
    record Malformed(String why) implements ReceiptVerdict {}

    /**
     * It is another record's.
     *
     * @param record the digest that it has
     */
    record OtherRecord(Hash record) implements ReceiptVerdict {}

    /**
     * The log has certified no such key of this node, as far as the reader knows.
     *
     * @param node the node that the receipt names
     * @param keyId the key's id in it
     */
    record NoCertificate(String node, String keyId) implements ReceiptVerdict {}

    /**
     * The key was not valid at the receipt's time.
     *
     * @param at the receipt's time, µs since the epoch
     * @param certificate a certificate of the key
     */
    record OutsideValidity(long at, KeyCertificate certificate) implements ReceiptVerdict {}

    /**
     * The certified key has not signed this: record, place, path, time, node or signature was changed.
     *
     * @param certificate the key that should have signed it
     */
    record BadSignature(KeyCertificate certificate) implements ReceiptVerdict {}
}
