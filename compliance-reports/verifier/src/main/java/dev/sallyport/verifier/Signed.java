package dev.sallyport.verifier;

import dev.sallyport.format.log.RoundEntry;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.TreeHead;
import java.util.List;

/**
 * What the log has signed, as far as the package's checkpoint shows it, and by which keys it is believed.
 *
 * @param valid the tenant's checkpoint
 * @param leafIndex the tenant's place in the round
 * @param keys the log's keys that the checker brought
 */
record Signed(TenantVerdict.Valid valid, long leafIndex, List<VerifierKey> keys) {
    Signed {
        keys = List.copyOf(keys);
    }

    String tenant() {
        return valid.leaf().tenant();
    }

    RoundLeaf leaf() {
        return valid.leaf();
    }

    RoundEntry round() {
        return valid.entry();
    }

    /** The tenant's tree. */
    TreeHead tree() {
        return valid.leaf().head();
    }

    /** The platform log. */
    TreeHead log() {
        return valid.platform().head();
    }

    String origin() {
        return valid.platform().origin();
    }
}
