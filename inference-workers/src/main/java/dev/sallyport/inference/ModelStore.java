package dev.sallyport.inference;

import java.io.IOException;
import java.util.Optional;

/** Port: where model versions are kept. Implementations block and are safe for use by many threads. */
public interface ModelStore {

    /**
     * A version's signed manifest.
     *
     * @return empty if there is no such version
     * @throws IOException if the store does not answer
     */
    Optional<StoredModel> find(ModelRef ref) throws IOException;

    /**
     * An artefact's bytes. The caller checks their digest.
     *
     * @param digest SHA-256, 64 lower-case hex digits
     * @throws IOException if the store does not answer or has no such artefact
     */
    byte[] artefact(String digest) throws IOException;
}
