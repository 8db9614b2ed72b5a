package dev.sallyport.format.receipt;

/** What came of checking a receipt key's certificate. */
public sealed interface CertificateVerdict {
    /**
     * The log has signed it.
     *
     * @param certificate what it signed
     */
    record Valid(KeyCertificate certificate) implements CertificateVerdict {}

    /**
     * The bytes are no certificate.
     *
     * @param why a sentence
     */
    record Malformed(String why) implements CertificateVerdict {}

    /**
     * No known key of the log has signed it.
     *
     * @param log the log that it names
     */
    record NotSigned(String log) implements CertificateVerdict {}
}
