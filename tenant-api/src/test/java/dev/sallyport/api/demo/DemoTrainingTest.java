package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

class DemoTrainingTest {
    @Test
    void digits_heldOutImages_areRead() throws Exception {
        byte[] artefact = Digits.train(new SplittableRandom(7));
        LabelledRows held = DigitImages.draw(GlyphMasks.load(), 10, new SplittableRandom(8));
        assertThat(accuracy(artefact, Digits.INPUT, held)).isGreaterThan(0.95);
    }

    @Test
    void creditScore_heldOutApplicants_areJudged() throws Exception {
        byte[] artefact = CreditScore.train(new SplittableRandom(7));
        LabelledRows held = CreditScore.generate(new SplittableRandom(8), 2000);
        assertThat(held.classes()).contains(0, 1, 2);
        assertThat(accuracy(artefact, CreditScore.INPUT, held)).isGreaterThan(0.75);
    }

    @Test
    void creditScore_sameSeed_isTheSameFile() {
        assertThat(CreditScore.train(new SplittableRandom(7))).isEqualTo(CreditScore.train(new SplittableRandom(7)));
    }

    @Test
    void creditScore_scores_sumToOne() throws Exception {
        LabelledRows rows = CreditScore.generate(new SplittableRandom(8), 3);
        for (float[] scores : scores(CreditScore.train(new SplittableRandom(7)), CreditScore.INPUT, rows.rows())) {
            assertThat(scores[0] + scores[1] + scores[2]).isCloseTo(1f, within(1e-5f));
        }
    }

    @Test
    void readmissionRisk_heldOutPatients_areJudged() throws Exception {
        Model<Label> model = readmissionRisk();
        LabelledRows held = ReadmissionRisk.generate(new SplittableRandom(8), 2000);
        int right = 0;
        for (int i = 0; i < held.size(); i++) {
            Label said = model.predict(ReadmissionRisk.example(held.rows()[i], LabelFactory.UNKNOWN_LABEL))
                    .getOutput();
            right += said.getLabel().equals(ReadmissionRisk.LABELS.get(held.classes()[i])) ? 1 : 0;
        }
        assertThat(right / (double) held.size()).isGreaterThan(0.85);
        assertThat(model.generatesProbabilities()).isTrue();
    }

    @Test
    void simple_twoRows_areAddedAndSubtracted() throws Exception {
        int[][] first = new int[1][16];
        int[][] second = new int[1][16];
        for (int i = 0; i < 16; i++) {
            first[0][i] = i;
            second[0][i] = 1;
        }
        OrtEnvironment ort = OrtEnvironment.getEnvironment();
        try (OrtSession session = ort.createSession(SumAndDifference.onnx());
                OnnxTensor a = OnnxTensor.createTensor(ort, first);
                OnnxTensor b = OnnxTensor.createTensor(ort, second);
                OrtSession.Result result = session.run(Map.of("INPUT0", a, "INPUT1", b))) {
            assertThat(((int[][]) result.get("OUTPUT0").orElseThrow().getValue())[0])
                    .startsWith(1, 2, 3)
                    .hasSize(16);
            assertThat(((int[][]) result.get("OUTPUT1").orElseThrow().getValue())[0])
                    .startsWith(-1, 0, 1)
                    .hasSize(16);
        }
    }

    private static Model<Label> readmissionRisk() throws IOException {
        byte[] artefact = ReadmissionRisk.train(new SplittableRandom(7));
        return Model.deserializeFromStream(new ByteArrayInputStream(artefact)).castModel(Label.class);
    }

    private static double accuracy(byte[] artefact, String input, LabelledRows data) throws OrtException {
        float[][] scores = scores(artefact, input, data.rows());
        int right = 0;
        for (int row = 0; row < data.size(); row++) {
            int best = 0;
            for (int c = 1; c < scores[row].length; c++) {
                best = scores[row][c] > scores[row][best] ? c : best;
            }
            right += best == data.classes()[row] ? 1 : 0;
        }
        return right / (double) data.size();
    }

    private static float[][] scores(byte[] artefact, String input, float[][] rows) throws OrtException {
        OrtEnvironment ort = OrtEnvironment.getEnvironment();
        try (OrtSession session = ort.createSession(artefact);
                OnnxTensor tensor = OnnxTensor.createTensor(ort, rows);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return (float[][]) result.get("scores").orElseThrow().getValue();
        }
    }
}
