package dev.sallyport.api.models;

import dev.sallyport.format.Dsse;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.Sha256;
import dev.sallyport.inference.ModelVerifier;
import dev.sallyport.inference.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * The platform's own signer of models: an Ed25519 key in the keys folder, made at the first start. What it signs is the
 * manifest, in a DSSE envelope; the manifest names the artefact's digest. Safe for many threads.
 */
public final class PlatformSigner implements ModelVerifier {
    /** What is signed, as the envelope's payload type. */
    static final String MANIFEST_TYPE = "application/vnd.sallyport.model-manifest+json";

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = new byte[32];

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String keyId;

    private PlatformSigner(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.keyId = Sha256.hex(publicKey.getEncoded()).substring(0, 16);
    }

    /**
     * Reads the key, or makes it where there is neither half of it. Its public half becomes visible last, so that what a
     * crash leaves of a first start is told from a half that was lost.
     *
     * @param keysFolder the keys folder: {@code signer.key} is PKCS #8, {@code signer.pub} X.509, both DER
     * @throws IOException if the files cannot be read or written, or hold no pair of keys
     */
    public static PlatformSigner open(Path keysFolder) throws IOException {
        Path secret = keysFolder.resolve("signer.key");
        Path open = keysFolder.resolve("signer.pub");
        Path draft = keysFolder.resolve("signer.pub.new");
        try {
            if (!Files.exists(secret) && !Files.exists(open)) {
                DurableFiles.folder(keysFolder);
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                DurableFiles.write(draft, pair.getPublic().getEncoded());
                DurableFiles.write(secret, pair.getPrivate().getEncoded());
            }
            if (!Files.exists(open) && Files.exists(draft)) {
                Files.move(draft, open, StandardCopyOption.ATOMIC_MOVE);
            }
            requireBoth(secret, open);
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            PlatformSigner signer = new PlatformSigner(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(secret))),
                    keys.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(open))));
            signer.probe();
            return signer;
        } catch (GeneralSecurityException e) {
            throw new IOException("signer.key and signer.pub in " + keysFolder + " are no pair of Ed25519 keys", e);
        }
    }

    /**
     * Signs a manifest.
     *
     * @param manifest its canonical bytes
     * @return a DSSE envelope in canonical JSON
     */
    byte[] sign(byte[] manifest) {
        return Dsse.sign(MANIFEST_TYPE, manifest, keyId, privateKey).encode();
    }

    @Override
    public void verify(StoredModel model) throws SignatureException {
        Dsse envelope;
        try {
            envelope = Dsse.parse(model.signature());
        } catch (FormatException e) {
            throw new SignatureException("the signature is no DSSE envelope", e);
        }
        if (!Arrays.equals(envelope.payload(), model.manifest())) {
            throw new SignatureException("the signature is over another manifest");
        }
        if (!envelope.verify(MANIFEST_TYPE, publicKey)) {
            throw new SignatureException("the signature is not the platform's signer's");
        }
    }

    /** Models signed by a lost key would no longer load, so a new one is never made in its place unasked. */
    private static void requireBoth(Path secret, Path open) throws IOException {
        for (Path half : List.of(secret, open)) {
            if (!Files.exists(half)) {
                throw new IOException(
                        half + " is missing, and the other half of the signer's key is there: put it back");
            }
        }
    }

    private void probe() throws GeneralSecurityException {
        if (!Dsse.sign(MANIFEST_TYPE, PROBE, keyId, privateKey).verify(MANIFEST_TYPE, publicKey)) {
            throw new GeneralSecurityException("the keys are no pair");
        }
    }
}
