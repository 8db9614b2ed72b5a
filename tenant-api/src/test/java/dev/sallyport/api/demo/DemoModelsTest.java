package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRuntime;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.inference.tribuo.TribuoRuntime;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each model in the runtime that serves it, with the inputs of the printed calls. */
class DemoModelsTest {
    @Test
    void creditScore_soundApplicant_isApproved() throws Exception {
        float[] scores = creditScore(DemoCalls.SOUND_APPLICANT);
        assertThat(scores[CreditScore.LABELS.indexOf("APPROVE")]).isGreaterThan(0.9f);
        assertThat(scores[0] + scores[1] + scores[2]).isCloseTo(1, within(1e-5f));
    }

    @Test
    void creditScore_doubtfulApplicant_isDeclinedWithoutBeingSure() throws Exception {
        assertThat(creditScore(DemoCalls.DOUBTFUL_APPLICANT)[CreditScore.LABELS.indexOf("DECLINE")])
                .isBetween(0.55f, 0.70f);
    }

    @Test
    void digits_printedImage_isThree() throws Exception {
        try (LoadedModel model = load(DemoModels.DIGITS)) {
            float[] pixels = numbers(DemoCalls.THREE);
            assertThat(pixels).hasSize(Digits.PIXELS);
            float[] scores = scores(model, List.of(Tensor.floats("image", new long[] {1, 64}, pixels)), 10);
            assertThat(scores[3]).isGreaterThan(0.8f);
        }
    }

    @Test
    void readmissionRisk_printedPatient_isHigh() throws Exception {
        try (LoadedModel model = load(DemoModels.READMISSION_RISK)) {
            float[] scores = scores(
                    model,
                    List.of(one("age_band", 7), one("los_days", 9), one("dx_group", 3), one("prior_admits", 2)),
                    2);
            assertThat(scores[ReadmissionRisk.LABELS.indexOf("HIGH")]).isBetween(0.8f, 0.95f);
        }
    }

    @Test
    void simple_sixteenNumbers_areAddedAndSubtracted() throws Exception {
        int[] ones = new int[16];
        Arrays.fill(ones, 1);
        long[] shape = {1, 16};
        try (LoadedModel model = load(DemoModels.SIMPLE)) {
            List<Tensor> sums =
                    model.run(List.of(Tensor.ints("INPUT0", shape, new int[16]), Tensor.ints("INPUT1", shape, ones)));
            assertThat(sums.get(0).buffer().asIntBuffer().get(0)).isEqualTo(1);
            assertThat(sums.get(1).buffer().asIntBuffer().get(15)).isEqualTo(-1);
        }
    }

    @Test
    void grants_namesAndModels_areThoseOfPolicies() throws Exception {
        for (DemoTenant tenant : DemoTenant.all()) {
            assertThat(DemoPolicies.of(tenant))
                    .hasSize(1 + tenant.grants().size())
                    .allSatisfy((place, source) -> assertThat(source).contains("layer: "));
        }
    }

    private static float[] creditScore(String applicant) throws Exception {
        try (LoadedModel model = load(DemoModels.CREDIT_SCORE)) {
            return scores(model, List.of(Tensor.floats("applicant", new long[] {1, 6}, numbers(applicant))), 3);
        }
    }

    private static LoadedModel load(DemoModel model) throws ModelLoadException {
        byte[] artefact = model.train();
        ModelManifest manifest = model.manifest(artefact);
        ModelRuntime runtime = model.runtime().equals(TribuoRuntime.ID) ? new TribuoRuntime() : new OnnxRuntime();
        assertThat(runtime.id()).isEqualTo(model.runtime());
        return runtime.load(manifest, artefact);
    }

    private static float[] scores(LoadedModel model, List<Tensor> batch, int classes) throws Exception {
        List<Tensor> outputs = model.run(batch);
        FloatBuffer values = outputs.getFirst().asFloats();
        float[] scores = new float[classes];
        values.get(scores);
        return scores;
    }

    private static Tensor one(String name, float value) {
        return Tensor.floats(name, new long[] {1}, value);
    }

    private static float[] numbers(String text) {
        String[] parts = text.split(",", -1);
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Float.parseFloat(parts[i].strip());
        }
        return numbers;
    }
}
