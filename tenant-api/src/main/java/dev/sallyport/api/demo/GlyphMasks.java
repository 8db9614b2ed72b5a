package dev.sallyport.api.demo;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Digits as black and white shapes, cut from the outlines of the Liberation fonts (SIL Open Font License 1.1), which
 * come as a resource on the class path. Nothing of the desktop is asked: outlines are read and filled here, so it works
 * on a machine without fonts, fontconfig or a screen.
 */
final class GlyphMasks {
    /** The width and height of a shape in cells. */
    static final int SIZE = 48;

    /** The height of the digit within its shape, in cells; the rest is margin. */
    private static final double DIGIT_HEIGHT = 40;

    private static final List<String> FACES = List.of(
            "Sans-Regular",
            "Sans-Bold",
            "Sans-Italic",
            "Serif-Regular",
            "Serif-Bold",
            "Serif-Italic",
            "Mono-Regular",
            "Mono-Bold");

    private GlyphMasks() {}

    /**
     * The ten digits of every face.
     *
     * @return for each face, {@code boolean[digit][y * SIZE + x]}, y downwards, true where there is ink
     * @throws IOException if a font is absent or broken
     */
    static List<boolean[][]> load() throws IOException {
        List<boolean[][]> faces = new ArrayList<>();
        for (String face : FACES) {
            faces.add(digits("/liberation/Liberation" + face + ".ttf"));
        }
        return faces;
    }

    private static boolean[][] digits(String resource) throws IOException {
        try (InputStream in = GlyphMasks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
                CmapLookup glyphs = font.getUnicodeCmapLookup();
                boolean[][] digits = new boolean[10][];
                for (int digit = 0; digit < digits.length; digit++) {
                    digits[digit] = fill(font.getGlyph()
                            .getGlyph(glyphs.getGlyphId('0' + digit))
                            .getPath());
                }
                return digits;
            }
        }
    }

    /** Fills an outline, scaled to one height and centred; a font's y points upwards. */
    private static boolean[] fill(Path2D outline) {
        Rectangle2D box = outline.getBounds2D();
        double scale = DIGIT_HEIGHT / box.getHeight();
        AffineTransform place = new AffineTransform();
        place.translate(SIZE / 2.0, SIZE / 2.0);
        place.scale(scale, -scale);
        place.translate(-box.getCenterX(), -box.getCenterY());
        Path2D placed = new Path2D.Double(outline, place);
        boolean[] mask = new boolean[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                mask[y * SIZE + x] = placed.contains(x + 0.5, y + 0.5);
            }
        }
        return mask;
    }
}
