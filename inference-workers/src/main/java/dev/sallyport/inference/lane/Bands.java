package dev.sallyport.inference.lane;

import dev.sallyport.inference.OutputFacts;
import java.util.ArrayList;
import java.util.List;

/** Puts confidences into bands, so that a record says how sure answers were and not what they were. */
final class Bands {
    /** Bounds in hundredths: what is below one half, and then what a reviewer would tell apart. */
    private static final int[] BOUNDS = {0, 50, 80, 95, 100};

    private Bands() {}

    /**
     * Counts rows by band.
     *
     * @param confidences one a row; NaN where not disclosed
     * @return bands that are not empty, lowest first; what lies outside 0 to 1 counts in the nearest
     */
    static List<OutputFacts.Band> of(double[] confidences) {
        int[] counts = new int[BOUNDS.length - 1];
        for (double confidence : confidences) {
            if (!Double.isNaN(confidence)) {
                counts[band(confidence)]++;
            }
        }
        List<OutputFacts.Band> bands = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                bands.add(new OutputFacts.Band(BOUNDS[i], BOUNDS[i + 1], counts[i]));
            }
        }
        return bands;
    }

    private static int band(double confidence) {
        int band = 0;
        // A float's 0.8 is a little more or less than 0.8: compared as floats, it is in the band that it names.
        while (band < BOUNDS.length - 2 && (float) confidence >= BOUNDS[band + 1] / 100f) {
            band++;
        }
        return band;
    }
}
