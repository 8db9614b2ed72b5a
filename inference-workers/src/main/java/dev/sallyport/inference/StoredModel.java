package dev.sallyport.inference;

/**
 * A model version as it is kept: the signed bytes and their signature. Nothing in it is believed before
 * {@link ModelVerifier} has accepted it.
 *
 * @param manifest {@link ManifestCodec} form of the manifest, exactly as signed; not to be modified
 * @param signature the signer's, in a form that the verifier knows; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredModel(byte[] manifest, byte[] signature) {}
