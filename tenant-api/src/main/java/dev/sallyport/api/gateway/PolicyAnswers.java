package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.oip.Refusal;
import dev.sallyport.format.Effect;
import dev.sallyport.policy.Decision;

/** What callers are told of decisions that are no permits. */
final class PolicyAnswers {
    private PolicyAnswers() {}

    /**
     * The refusal that a decision means.
     *
     * @throws IllegalArgumentException for a permit
     */
    static Refusal refusal(Decision decision) {
        return switch (decision) {
            case Decision.Deny deny -> Refusal.denial(deny.code(), deny.sentence());
            case Decision.Gap gap -> Refusal.denial(Decision.Gap.CODE, gap.sentence());
            case Decision.Hold hold ->
                Refusal.denial(
                        ErrorCode.HELD.name(), "a person must look first: " + hold.code() + ", " + hold.sentence());
            case Decision.Permit permit -> throw permitted();
        };
    }

    /** How the record calls it. */
    static Effect effect(Decision decision) {
        return switch (decision) {
            case Decision.Deny deny -> Effect.DENY;
            case Decision.Gap gap -> Effect.GAP;
            case Decision.Hold hold -> Effect.HOLD;
            case Decision.Permit permit -> throw permitted();
        };
    }

    private static IllegalArgumentException permitted() {
        return new IllegalArgumentException("a permit refuses nothing");
    }
}
