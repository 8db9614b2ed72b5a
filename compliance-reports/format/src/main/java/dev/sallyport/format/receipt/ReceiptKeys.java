package dev.sallyport.format.receipt;

import dev.sallyport.format.log.VerifierKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The receipt keys that a log has certified: what a receipt is checked against. Immutable. */
public final class ReceiptKeys {
    private final List<KeyCertificate> certified;
    private final List<CertificateVerdict> refused;

    private ReceiptKeys(List<KeyCertificate> certified, List<CertificateVerdict> refused) {
        this.certified = List.copyOf(certified);
        this.refused = List.copyOf(refused);
    }

    /**
     * Checks certificates. Never throws.
     *
     * @param documents the signed documents, whatever they are
     * @param logKeys the log's keys that the reader trusts
     */
    public static ReceiptKeys of(Collection<byte[]> documents, Collection<VerifierKey> logKeys) {
        var certified = new ArrayList<KeyCertificate>();
        var refused = new ArrayList<CertificateVerdict>();
        for (byte[] document : documents) {
            switch (KeyCertificate.verify(document, logKeys)) {
                case CertificateVerdict.Valid(KeyCertificate certificate) -> certified.add(certificate);
                case CertificateVerdict other -> refused.add(other);
            }
        }
        return new ReceiptKeys(certified, refused);
    }

    /** Returns what was found of the documents that are no valid certificates. */
    public List<CertificateVerdict> refused() {
        return refused;
    }

    /** Returns the certificates of a node's key; several when it was certified again. */
    List<KeyCertificate> find(String node, String keyId) {
        return certified.stream()
                .filter(c ->
                        c.node().equals(node) && KeyCertificate.keyId(c.key()).equals(keyId))
                .toList();
    }
}
