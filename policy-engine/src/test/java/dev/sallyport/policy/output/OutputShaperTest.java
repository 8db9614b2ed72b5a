package dev.sallyport.policy.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class OutputShaperTest {
    @Test
    void full_withoutDecimals_staysAsItIs() {
        assertThat(shaped(OutputObligation.NONE, 0.1f, -0.7f, 0.123f)).containsExactly(0.1f, -0.7f, 0.123f);
    }

    @Test
    void full_withDecimals_roundsHalfToEven() {
        assertThat(shaped(new OutputObligation(Shape.FULL, 0, 2), 0.125f, 0.375f, 0.8751f, 1f))
                .containsExactly(0.12f, 0.38f, 0.88f, 1f);
        assertThat(shaped(new OutputObligation(Shape.FULL, 0, 0), 0.5f, 1.5f, 2.5f, -0.4f))
                .containsExactly(0f, 2f, 2f, 0f);
    }

    @Test
    void topk_keepsTheHighestAndDoesNotRenormalise() {
        assertThat(shaped(new OutputObligation(Shape.TOPK, 2, 2), 0.114f, 0.456f, 0.03f, 0.4f))
                .containsExactly(0f, 0.46f, 0f, 0.4f);
    }

    @Test
    void topk_amongEquals_keepsTheLowerIndex() {
        assertThat(shaped(new OutputObligation(Shape.TOPK, 2, -1), 0.2f, 0.3f, 0.2f, 0.3f, 0.2f))
                .containsExactly(0f, 0.3f, 0f, 0.3f, 0f);
        assertThat(shaped(new OutputObligation(Shape.TOPK, 1, -1), 0.25f, 0.25f, 0.25f, 0.25f))
                .containsExactly(0.25f, 0f, 0f, 0f);
    }

    @Test
    void topk_moreThanThereAre_keepsAll() {
        assertThat(shaped(new OutputObligation(Shape.TOPK, 9, -1), 0.4f, 0.6f)).containsExactly(0.4f, 0.6f);
    }

    @Test
    void topk_belowZero_isZero() {
        assertThat(shaped(new OutputObligation(Shape.TOPK, 2, -1), -1f, 2f, -3f))
                .containsExactly(0f, 2f, 0f);
    }

    @Test
    void label_isOneHot_lowestIndexAmongEquals() {
        OutputObligation label = new OutputObligation(Shape.LABEL, 0, -1);
        assertThat(shaped(label, 0.2f, 0.5f, 0.3f)).containsExactly(0f, 1f, 0f);
        assertThat(shaped(label, 0.4f, 0.2f, 0.4f)).containsExactly(1f, 0f, 0f);
        assertThat(shaped(label, -5f, -4f)).containsExactly(0f, 1f);
    }

    @Test
    void scores_thatAreNotFinite_becomeFinite() {
        assertThat(shaped(OutputObligation.NONE, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY))
                .containsExactly(0f, Float.MAX_VALUE, -Float.MAX_VALUE);
        assertThat(shaped(new OutputObligation(Shape.LABEL, 0, -1), Float.NaN, Float.NaN))
                .containsExactly(1f, 0f);
    }

    @Test
    void shape_manyRowsOfADirectBufferFromItsPosition_shapesEachRowAlone() {
        FloatBuffer scores = ByteBuffer.allocateDirect(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(new float[] {9f, 0.1f, 0.9f, 0.7f, 0.3f})
                .position(1);
        OutputShaper.shape(scores, 2, 2, new OutputObligation(Shape.LABEL, 0, -1));
        assertThat(scores.position()).isEqualTo(1);
        float[] all = new float[5];
        scores.get(0, all);
        assertThat(all).containsExactly(9f, 0f, 1f, 1f, 0f);
    }

    @Test
    void shape_otherSizeThanTheBuffer_isRefused() {
        FloatBuffer three = FloatBuffer.allocate(3);
        assertThatThrownBy(() -> OutputShaper.shape(three, 2, 2, OutputObligation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OutputShaper.shape(three, 1 << 16, 1 << 16, OutputObligation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] shaped(OutputObligation obligation, float... scores) {
        OutputShaper.shape(FloatBuffer.wrap(scores), 1, scores.length, obligation);
        return scores;
    }
}
