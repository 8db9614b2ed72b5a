package dev.sallyport.api.oip;

/**
 * Why there is no answer, as the caller is told. Holds nothing that the caller sent.
 *
 * @param code stable, upper case with underscores
 * @param status HTTP status, 400 to 599
 * @param sentence names the place and what is allowed
 */
public record Refusal(String code, int status, String sentence) {
    /** A refusal with one of the protocol's own codes. */
    public static Refusal of(ErrorCode code, String sentence) {
        return new Refusal(code.name(), code.status(), sentence);
    }

    /** A denial by a policy, whose code may be the policy's own: 403. */
    public static Refusal denial(String code, String sentence) {
        return new Refusal(code, 403, sentence);
    }
}
