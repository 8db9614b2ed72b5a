package dev.sallyport.api.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws small grey images of digits from glyph shapes, each turned, slanted, scaled and moved a little. */
final class DigitImages {
    /** The width and height of an image in pixels. */
    static final int SIDE = 8;

    /** Samples a pixel in each direction: a pixel has one of 17 greys. */
    private static final int SAMPLES = 4;

    private DigitImages() {}

    /**
     * Draws each digit of each face several times.
     *
     * @param faces what {@link GlyphMasks#load} gives
     * @param each how many images of each glyph
     * @param random where the jitter comes from
     * @return images as rows of 64 greys, 0 = paper, 1 = ink, row by row from the top, with the digit as class
     */
    static LabelledRows draw(List<boolean[][]> faces, int each, RandomGenerator random) {
        int count = faces.size() * 10 * each;
        float[][] rows = new float[count][];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            int digit = i % 10;
            rows[i] = image(faces.get(i / 10 % faces.size())[digit], random);
            classes[i] = digit;
        }
        return new LabelledRows(rows, classes);
    }

    /**
     * Draws one image. Each sample is carried back through the jitter to the cell of the shape that it came from.
     *
     * @param mask a glyph's shape
     * @param random where the jitter comes from
     * @return 64 greys
     */
    static float[] image(boolean[] mask, RandomGenerator random) {
        double turn = jitter(random, 0.12);
        double slant = jitter(random, 0.12);
        double scale = GlyphMasks.SIZE / (SIDE * (1 + jitter(random, 0.1)));
        double dx = jitter(random, 0.5);
        double dy = jitter(random, 0.4);
        double cos = Math.cos(turn) * scale;
        double sin = Math.sin(turn) * scale;
        float[] image = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE * SAMPLES; y++) {
            for (int x = 0; x < SIDE * SAMPLES; x++) {
                double v = (y + 0.5) / SAMPLES - SIDE / 2.0 - dy;
                double u = (x + 0.5) / SAMPLES - SIDE / 2.0 - dx + slant * v;
                if (ink(mask, u * cos - v * sin, u * sin + v * cos)) {
                    image[y / SAMPLES * SIDE + x / SAMPLES] += 1f / (SAMPLES * SAMPLES);
                }
            }
        }
        return image;
    }

    private static boolean ink(boolean[] mask, double fromCentreX, double fromCentreY) {
        int x = (int) Math.floor(fromCentreX + GlyphMasks.SIZE / 2.0);
        int y = (int) Math.floor(fromCentreY + GlyphMasks.SIZE / 2.0);
        return x >= 0 && x < GlyphMasks.SIZE && y >= 0 && y < GlyphMasks.SIZE && mask[y * GlyphMasks.SIZE + x];
    }

    private static double jitter(RandomGenerator random, double most) {
        return random.nextDouble(-most, most);
    }
}
