package dev.sallyport.inference;

import java.util.List;

/**
 * What a record may say of an answer: bands, counted over rows, made from the shaped output.
 *
 * @param tier disclosure tier, for example {@code topk:3}
 * @param rows rows answered
 * @param confidence rows by band of their top shaped score, lowest band first, empty bands left out; empty if the model
 *     is no classifier or its confidence is not disclosed
 */
public record OutputFacts(String tier, int rows, List<Band> confidence) {

    /**
     * Rows whose top score lies in a band.
     *
     * @param from lower bound in hundredths, inclusive
     * @param to upper bound in hundredths, exclusive, but inclusive for 100
     * @param rows at least 1
     */
    public record Band(int from, int to, int rows) {}

    /** Takes a copy of the bands. */
    public OutputFacts {
        confidence = List.copyOf(confidence);
    }
}
