package dev.sallyport.format.log;

import dev.sallyport.format.merkle.ProofVerdict;
import java.util.List;

/** What came of checking a tenant's checkpoint. */
public sealed interface TenantVerdict {
    /**
     * The log has signed the tenant's size and root.
     *
     * @param leaf the tenant's size and root
     * @param entry the round, with its time
     * @param platform the platform log's checkpoint
     * @param by the keys that signed it
     */
    record Valid(RoundLeaf leaf, RoundEntry entry, Checkpoint platform, List<VerifierKey> by) implements TenantVerdict {
        /** Copies the keys. */
        public Valid {
            by = List.copyOf(by);
        }
    }

    /**
     * The bytes are no tenant's checkpoint.
     *
     * @param why a sentence
     */
    record Malformed(String why) implements TenantVerdict {}

    /**
     * It is another tenant's.
     *
     * @param tenant the tenant that it names
     */
    record OtherTenant(String tenant) implements TenantVerdict {}

    /**
     * The platform log's checkpoint is not signed.
     *
     * @param why what came of checking it; never valid
     */
    record CheckpointRefused(CheckpointVerdict why) implements TenantVerdict {}

    /**
     * The round's entry is not in the signed platform log.
     *
     * @param why what came of checking the path; never proven
     */
    record NotInPlatformLog(ProofVerdict why) implements TenantVerdict {}

    /**
     * The tenant's size and root are not in the round.
     *
     * @param why what came of checking the path; never proven
     */
    record NotInRound(ProofVerdict why) implements TenantVerdict {}
}
