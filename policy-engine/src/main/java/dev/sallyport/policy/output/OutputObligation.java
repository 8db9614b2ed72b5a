package dev.sallyport.policy.output;

/**
 * How outputs must be shaped before they leave the place where the model runs. Plain data: it travels with the job.
 *
 * @param shape how much of the scores is shown
 * @param topK how many scores remain at {@link Shape#TOPK}, at least 1; 0 at every other shape
 * @param decimals to how many decimals scores are rounded, 0 to 15; -1 means not rounded
 */
public record OutputObligation(Shape shape, int topK, int decimals) {
    /** Outputs as the model gave them. */
    public static final OutputObligation NONE = new OutputObligation(Shape.FULL, 0, -1);

    /** @throws IllegalArgumentException if the numbers are outside the bounds above */
    public OutputObligation {
        if (shape == Shape.TOPK ? topK < 1 : topK != 0) {
            throw new IllegalArgumentException("topK goes with the shape topk, and is at least 1");
        }
        if (decimals < -1 || decimals > 15) {
            throw new IllegalArgumentException("decimals are -1 (none) to 15");
        }
    }

    /**
     * The disclosure tier as answers and records name it.
     *
     * @return {@code full}, {@code topk:K} or {@code label}
     */
    public String tier() {
        return switch (shape) {
            case FULL -> "full";
            case TOPK -> "topk:" + topK;
            case LABEL -> "label";
        };
    }

    /**
     * Whether outputs leave as the model gave them.
     *
     * @return true when nothing has to be shaped
     */
    public boolean none() {
        return shape == Shape.FULL && decimals < 0;
    }
}
