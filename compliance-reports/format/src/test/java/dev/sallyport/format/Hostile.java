package dev.sallyport.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Inputs that nobody should have sent. */
public final class Hostile {
    private static final List<String> PIECES = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "9007199254740991",
            "4611686018427387905",
            "-1",
            "null",
            "{}",
            "[]",
            "\"\"",
            "\n\n",
            "\u2014 ",
            "+",
            "=",
            "\u0000",
            "\u0085",
            "\ud800",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");

    private Hostile() {}

    /** Returns bytes of every kind: at random, and valid ones cut, repeated and written over. */
    public static Arbitrary<byte[]> around(byte[] valid) {
        Arbitrary<byte[]> random =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(400);
        Arbitrary<byte[]> piece = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(4),
                Arbitraries.of(PIECES).map(p -> p.getBytes(StandardCharsets.UTF_8)));
        Arbitrary<Integer> place = Arbitraries.integers().between(0, valid.length);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, random),
                net.jqwik.api.Tuple.of(
                        6,
                        net.jqwik.api.Combinators.combine(place, place, piece).as((from, to, with) -> {
                            var changed = new ByteArrayOutputStream();
                            changed.write(valid, 0, from);
                            changed.writeBytes(with);
                            changed.write(valid, to, valid.length - to);
                            return changed.toByteArray();
                        })));
    }

    /** Returns the same as texts, one character a byte. */
    public static Arbitrary<String> around(String valid) {
        return around(valid.getBytes(StandardCharsets.UTF_8)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Returns the bytes with one bit changed. */
    public static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] = (byte) (flipped[bit / 8] ^ (1 << (bit % 8)));
        return flipped;
    }
}
