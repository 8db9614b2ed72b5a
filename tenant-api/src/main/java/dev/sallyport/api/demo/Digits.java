package dev.sallyport.api.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The demo's {@code digits}: which digit an 8×8 image shows. An ONNX perceptron over 64 greys. */
final class Digits {
    /** The input tensor, FP32 {@code [n, 64]}: greys from 0 (paper) to 1 (ink), row by row from the top. */
    static final String INPUT = "image";

    /** The output tensor, FP32 {@code [n, 10]}. */
    static final String SCORES = "scores";

    /** The classes, in the order of the scores. */
    static final List<String> LABELS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** Pixels an image. */
    static final int PIXELS = DigitImages.SIDE * DigitImages.SIDE;

    private static final int IMAGES_OF_EACH_GLYPH = 40;
    private static final Perceptron.Recipe RECIPE = new Perceptron.Recipe(filled(0.3f), filled(0.35f), 256, 4, 0.01);

    private Digits() {}

    /**
     * Trains the model.
     *
     * @param random where jitter and weights come from
     * @return an ONNX file
     */
    static byte[] train(RandomGenerator random) {
        try {
            LabelledRows images = DigitImages.draw(GlyphMasks.load(), IMAGES_OF_EACH_GLYPH, random);
            return Perceptron.train(RECIPE, LABELS, images, random).toOnnx(INPUT, SCORES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[PIXELS];
        Arrays.fill(values, value);
        return values;
    }
}
