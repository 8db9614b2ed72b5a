package dev.sallyport.inference;

import java.security.SignatureException;

/** Port: tells whether a trusted signer signed a manifest. Asked at each load. */
@FunctionalInterface
public interface ModelVerifier {

    /**
     * Returns only if the signature verifies.
     *
     * @throws SignatureException if it does not, or the signer is not trusted for this owner; the message says which
     */
    void verify(StoredModel model) throws SignatureException;
}
