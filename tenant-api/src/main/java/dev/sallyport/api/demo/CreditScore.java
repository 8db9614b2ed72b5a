package dev.sallyport.api.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The demo's {@code credit-score}: whether a loan is declined, looked at by a person, or approved. An ONNX perceptron
 * over six named columns of one tensor.
 */
final class CreditScore {
    /** The input tensor, FP32 {@code [n, 6]}. */
    static final String INPUT = "applicant";

    /** The output tensor, FP32 {@code [n, 3]}. */
    static final String SCORES = "scores";

    /** The columns of {@link #INPUT}: thousands of euros a year, a ratio, years, a count, a ratio, thousands. */
    static final List<String> COLUMNS =
            List.of("income", "debt_ratio", "years_employed", "late_payments", "utilisation", "amount");

    /** The classes, in the order of the scores. */
    static final List<String> LABELS = List.of("DECLINE", "REVIEW", "APPROVE");

    private static final float[] CENTRE = {40, 0.35f, 8, 1, 0.4f, 15};
    private static final float[] SPREAD = {20, 0.2f, 7, 1.5f, 0.25f, 10};
    private static final Perceptron.Recipe RECIPE = new Perceptron.Recipe(CENTRE, SPREAD, 64, 10, 0.05);
    private static final int ROWS = 3000;

    private CreditScore() {}

    /**
     * Trains the model.
     *
     * @param random where data and weights come from
     * @return an ONNX file
     */
    static byte[] train(RandomGenerator random) {
        return Perceptron.train(RECIPE, LABELS, generate(random, ROWS), random).toOnnx(INPUT, SCORES);
    }

    /**
     * Applicants who exist nowhere, and what an officer would have said.
     *
     * @param random where they come from
     * @param count how many
     * @return rows of {@link #COLUMNS}
     */
    static LabelledRows generate(RandomGenerator random, int count) {
        float[][] rows = new float[count][];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = applicant(random);
            double standing = standing(rows[i]) + random.nextGaussian() * 0.35;
            classes[i] = standing < -0.5 ? 0 : standing < 0.5 ? 1 : 2;
        }
        return new LabelledRows(rows, classes);
    }

    private static float[] applicant(RandomGenerator random) {
        return new float[] {
            (float) (36 * Math.exp(random.nextGaussian() * 0.5)),
            (float) Math.clamp(0.35 + random.nextGaussian() * 0.2, 0, 1.2),
            (float) Math.min(40, random.nextExponential() * 8),
            (float) Math.floor(Math.min(12, random.nextExponential() * 1.2)),
            (float) random.nextDouble(),
            (float) (12 * Math.exp(random.nextGaussian() * 0.6))
        };
    }

    /** What the generated officer sees: above 0.5 good, below −0.5 bad; debt weighs more where income is low. */
    private static double standing(float[] a) {
        double burden = a[1] * (1 + 20.0 / (a[0] + 5)) + 0.02 * a[5] * 30 / (a[0] + 10);
        return 1.4 - 1.6 * burden + 0.5 * Math.log1p(a[2]) - 0.45 * a[3] - 0.9 * a[4] * a[4];
    }
}
