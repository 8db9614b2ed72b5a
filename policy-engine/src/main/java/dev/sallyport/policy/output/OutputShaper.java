package dev.sallyport.policy.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Shapes a classifier's scores to what a policy lets out. Shaping twice is shaping once; shaped scores are always
 * finite; and the label stays the same except where shaped scores tie. Rounding and cutting are data minimisation:
 * they make copying a model dearer, and guarantee nothing about what the scores still tell.
 *
 * <p>A score that is not a number counts as 0 and an infinite one as the largest finite one, at every shape.
 */
public final class OutputShaper {
    /** Up to here a float times a power of ten is exact in a double: 24 bits and 28 of 5 to the 12th make 52. */
    private static final int EXACT_DECIMALS = 12;

    private OutputShaper() {}

    /**
     * Shapes scores in place.
     *
     * <ul>
     *   <li>{@link Shape#FULL}: every score, rounded.
     *   <li>{@link Shape#TOPK}: the highest {@code topK} scores of a row, rounded; the others, and whatever is below
     *       0, are 0. Among equal scores the lower index stays. The rest is not made to sum to 1 again.
     *   <li>{@link Shape#LABEL}: 1 at the highest score, the lowest index among equals, and 0 elsewhere.
     * </ul>
     *
     * Rounding is half-even, of the float's exact value, to the float nearest to the decimal.
     *
     * @param scores {@code float[rows][classes]} from the buffer's position, which stays where it is
     * @param rows how many rows, at least 0
     * @param classes how many scores a row, at least 1
     * @param obligation what to do
     * @throws IllegalArgumentException if the buffer does not hold exactly that many scores
     */
    public static void shape(FloatBuffer scores, int rows, int classes, OutputObligation obligation) {
        if (rows < 0 || classes < 1 || (long) rows * classes != scores.remaining()) {
            throw new IllegalArgumentException("the buffer holds rows times classes scores");
        }
        float[] row = new float[classes];
        for (int first = scores.position(); first < scores.limit(); first += classes) {
            scores.get(first, row);
            makeFinite(row);
            switch (obligation.shape()) {
                case FULL -> round(row, obligation.decimals());
                case TOPK -> {
                    keepHighest(row, obligation.topK());
                    round(row, obligation.decimals());
                }
                case LABEL -> keepLabel(row);
            }
            scores.put(first, row);
        }
    }

    private static void makeFinite(float[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = Float.isNaN(row[i]) ? 0 : Math.clamp(row[i], -Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }

    private static int highest(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            if (row[i] > row[best]) {
                best = i;
            }
        }
        return best;
    }

    private static void keepLabel(float[] row) {
        int label = highest(row);
        Arrays.fill(row, 0);
        row[label] = 1;
    }

    private static void keepHighest(float[] row, int k) {
        // Cut scores show as 0: what is below could not be told from them in order, and is 0 as well.
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.max(row[i], 0f);
        }
        if (k >= row.length) {
            return;
        }
        float[] ascending = row.clone();
        Arrays.sort(ascending);
        float threshold = ascending[row.length - k];
        int equalsLeft = k;
        for (float score : row) {
            equalsLeft -= score > threshold ? 1 : 0;
        }
        for (int i = 0; i < row.length; i++) {
            if (row[i] < threshold || (row[i] == threshold && equalsLeft-- <= 0)) {
                row[i] = 0;
            }
        }
    }

    private static void round(float[] row, int decimals) {
        if (decimals < 0) {
            return;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = decimals <= EXACT_DECIMALS ? roundInDouble(row[i], decimals) : roundInDecimal(row[i], decimals);
        }
    }

    private static float roundInDouble(float score, int decimals) {
        double scale = Math.pow(10, decimals);
        // Adding 0 makes a negative zero positive.
        return (float) (Math.rint(score * scale) / scale) + 0f;
    }

    private static float roundInDecimal(float score, int decimals) {
        return new BigDecimal(score).setScale(decimals, RoundingMode.HALF_EVEN).floatValue();
    }
}
