package dev.sallyport.policy.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every model's scores and every obligation. */
class OutputShaperLawsTest {
    private static final OutputObligation LABEL = new OutputObligation(Shape.LABEL, 0, -1);

    @Provide
    Arbitrary<OutputObligation> obligations() {
        Arbitrary<Integer> decimals = Arbitraries.integers().between(-1, 15);
        return Arbitraries.oneOf(
                decimals.map(d -> new OutputObligation(Shape.FULL, 0, d)),
                Combinators.combine(Arbitraries.integers().between(1, 6), decimals)
                        .as((k, d) -> new OutputObligation(Shape.TOPK, k, d)),
                decimals.map(d -> new OutputObligation(Shape.LABEL, 0, d)));
    }

    @Provide
    Arbitrary<float[]> probabilities() {
        return Arbitraries.floats()
                .between(0f, 1f)
                .array(float[].class)
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<float[]> anything() {
        Arbitrary<Float> odd = Arbitraries.of(
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                -0f,
                0f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                0.5f,
                1f);
        Arbitrary<Float> bits = Arbitraries.integers().map(Float::intBitsToFloat);
        return Arbitraries.frequencyOf(Tuple.of(1, odd), Tuple.of(2, bits))
                .array(float[].class)
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property
    void shape_twice_isShapeOnce(@ForAll("anything") float[] scores, @ForAll("obligations") OutputObligation o) {
        float[] once = shaped(scores, o);
        assertThat(shaped(once, o)).containsExactly(once);
    }

    @Property
    void shape_probabilitiesTwice_isShapeOnce(
            @ForAll("probabilities") float[] scores, @ForAll("obligations") OutputObligation o) {
        float[] once = shaped(scores, o);
        assertThat(shaped(once, o)).containsExactly(once);
    }

    @Property
    void shape_anything_isFinite(@ForAll("anything") float[] scores, @ForAll("obligations") OutputObligation o) {
        for (float score : shaped(scores, o)) {
            assertThat(score).isFinite();
        }
    }

    @Property
    void shape_keepsTheLabelAmongTheHighest(
            @ForAll("probabilities") float[] scores, @ForAll("obligations") OutputObligation o) {
        float[] shaped = shaped(scores, o);
        assertThat(shaped[highest(scores)]).isEqualTo(shaped[highest(shaped)]);
    }

    private static int highest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    @Property
    void topk_leavesAtMostKScores(@ForAll("anything") float[] scores, @ForAll("obligations") OutputObligation o) {
        Assume.that(o.shape() == Shape.TOPK);
        int shown = 0;
        for (float score : shaped(scores, o)) {
            shown += score != 0 ? 1 : 0;
        }
        assertThat(shown).isLessThanOrEqualTo(o.topK());
    }

    @Property
    void round_isHalfEvenOfTheExactValue(
            @ForAll("probabilities") float[] scores, @ForAll("obligations") OutputObligation o) {
        Assume.that(o.shape() == Shape.FULL && o.decimals() >= 0);
        float[] shaped = shaped(scores, o);
        for (int i = 0; i < scores.length; i++) {
            float exact = new BigDecimal(scores[i])
                    .setScale(o.decimals(), RoundingMode.HALF_EVEN)
                    .floatValue();
            assertThat(shaped[i]).isEqualTo(exact);
        }
    }

    /** A stricter shape tells nothing that a looser one had not told: it can be made from it. */
    @Property
    void shape_looserThenStricter_isStricter(@ForAll("probabilities") float[] scores) {
        for (int k = 1; k < 8; k++) {
            OutputObligation looser = new OutputObligation(Shape.TOPK, k + 1, -1);
            OutputObligation stricter = new OutputObligation(Shape.TOPK, k, -1);
            assertThat(shaped(shaped(scores, looser), stricter)).containsExactly(shaped(scores, stricter));
            assertThat(shaped(shaped(scores, looser), LABEL)).containsExactly(shaped(scores, LABEL));
        }
        assertThat(Arrays.stream(Shape.values()).toList()).isSorted();
        assertThat(Shape.LABEL).isGreaterThan(Shape.TOPK);
        assertThat(Shape.TOPK).isGreaterThan(Shape.FULL);
    }

    private static float[] shaped(float[] scores, OutputObligation obligation) {
        float[] shaped = scores.clone();
        OutputShaper.shape(FloatBuffer.wrap(shaped), 1, shaped.length, obligation);
        return shaped;
    }
}
