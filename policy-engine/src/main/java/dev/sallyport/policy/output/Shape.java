package dev.sallyport.policy.output;

/** How much of a classifier's scores an answer shows; a later constant is stricter than an earlier one. */
public enum Shape {
    /** Every score. */
    FULL,
    /** The highest scores, the others zero. */
    TOPK,
    /** No score: one-hot on the label. */
    LABEL
}
