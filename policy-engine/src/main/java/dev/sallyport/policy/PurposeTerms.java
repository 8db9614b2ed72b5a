package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Agreed;
import dev.sallyport.policy.lattice.Meet;

/**
 * The grounds stated for a purpose; all layers that state one must state the same.
 *
 * @param lawfulBasis of GDPR article 6(1)
 * @param art9 of GDPR article 9(2)
 * @param hipaa of 45 CFR 164.502(a)(1)
 */
record PurposeTerms(Agreed lawfulBasis, Agreed art9, Agreed hipaa) implements Meet<PurposeTerms> {
    static final PurposeTerms UNSAID = new PurposeTerms(Agreed.UNSAID, Agreed.UNSAID, Agreed.UNSAID);

    @Override
    public PurposeTerms meet(PurposeTerms other) {
        return new PurposeTerms(lawfulBasis.meet(other.lawfulBasis), art9.meet(other.art9), hipaa.meet(other.hipaa));
    }
}
