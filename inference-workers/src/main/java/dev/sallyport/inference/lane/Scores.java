package dev.sallyport.inference.lane;

import dev.sallyport.inference.Classifier;
import java.nio.FloatBuffer;

/** Arithmetic on a classifier's scores, {@code float[rows][classes]} in row-major order. */
final class Scores {
    private Scores() {}

    /** Turns the numbers of a graph into the ones to be answered, in place. */
    static void normalise(FloatBuffer scores, int classes, Classifier.ScoreForm form) {
        switch (form) {
            case PROBABILITIES -> {}
            case LOGITS -> {
                for (int from = 0; from < scores.limit(); from += classes) {
                    softmax(scores, from, classes);
                }
            }
        }
    }

    /**
     * The column of a row's highest score, the first of equal ones.
     *
     * @param from index of the row's first score
     * @return zero-based
     */
    static int highest(FloatBuffer scores, int from, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (scores.get(from + i) > scores.get(from + best)) {
                best = i;
            }
        }
        return best;
    }

    private static void softmax(FloatBuffer scores, int from, int classes) {
        float top = scores.get(from + highest(scores, from, classes));
        double sum = 0;
        for (int i = from; i < from + classes; i++) {
            double e = Math.exp((double) scores.get(i) - top);
            scores.put(i, (float) e);
            sum += e;
        }
        for (int i = from; i < from + classes; i++) {
            scores.put(i, (float) (scores.get(i) / sum));
        }
    }
}
