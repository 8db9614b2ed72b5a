package dev.sallyport.inference.tribuo;

import static dev.sallyport.inference.fixture.TestModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelRuntime;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.inference.fixture.TrainedModel;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

class TribuoRuntimeTest implements ModelRuntimeContract {
    private static final TrainedModel TRAINED = TrainedModel.train();

    private final TribuoRuntime runtime = new TribuoRuntime();

    @Override
    public ModelRuntime runtime() {
        return runtime;
    }

    @Override
    public TestModel classifier() {
        return TRAINED.test();
    }

    @Override
    public List<Tensor> batch(int rows, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[rows * 2];
        List<String> wards = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            numbers[2 * i] = random.nextFloat() * 4;
            numbers[2 * i + 1] = random.nextInt(6);
            wards.add(random.nextBoolean() ? "ICU" : "GENERAL");
        }
        return tensors(numbers, wards);
    }

    @Override
    public List<Tensor> joined(List<List<Tensor>> batches) {
        List<String> wards = new ArrayList<>();
        List<Float> numbers = new ArrayList<>();
        for (List<Tensor> batch : batches) {
            numbers.addAll(ModelRuntimeContract.floats(batch.get(0)));
            batch.get(1).strings().forEach(ward -> wards.add(new String(ward, StandardCharsets.UTF_8)));
        }
        float[] all = new float[numbers.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers.get(i);
        }
        return tensors(all, wards);
    }

    private static List<Tensor> tensors(float[] numbers, List<String> wards) {
        int rows = wards.size();
        return List.of(
                Tensor.floats("numbers", new long[] {rows, 2}, numbers),
                Tensor.bytes(
                        "ward",
                        new long[] {rows},
                        wards.stream()
                                .map(ward -> ward.getBytes(StandardCharsets.UTF_8))
                                .toList()));
    }

    @Test
    void scores_ofEveryRow_areThoseThatTribuoPredicts() throws Exception {
        Random random = new Random(11);
        try (LoadedModel model =
                runtime.load(classifier().manifest(), classifier().artefact())) {
            for (int i = 0; i < 100; i++) {
                float days = random.nextFloat() * 4;
                int visits = random.nextInt(6);
                String ward = List.of("ICU", "GENERAL", "UNSEEN").get(random.nextInt(3));
                Prediction<Label> expected = TRAINED.model().predict(TrainedModel.example("LOW", days, visits, ward));

                List<Float> scores =
                        ModelRuntimeContract.floats(model.run(tensors(new float[] {days, visits}, List.of(ward)))
                                .getFirst());

                for (int c = 0; c < 2; c++) {
                    String label = List.of("LOW", "HIGH").get(c);
                    assertThat((double) scores.get(c))
                            .isCloseTo(
                                    Objects.requireNonNull(
                                                    expected.getOutputScores().get(label))
                                            .getScore(),
                                    Offset.offset(1e-6));
                }
            }
        }
    }

    @Test
    void artefact_inJavasSerialisation_isRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(TRAINED.model());
        }

        assertThatThrownBy(() -> runtime.load(classifier().manifest(), bytes.toByteArray()))
                .isInstanceOf(ModelLoadException.class);
    }

    @Test
    void signature_withOtherLabels_isRefused() {
        refused(TrainedModel.signature().fields(), Classifier.of(List.of("LOW", "high"), "scores"), "labels");
    }

    @Test
    void signature_whoseFieldIsNoFeature_isRefused() {
        List<Field> fields = List.of(
                Field.column("visitors", "numbers", 1),
                Field.column("days", "numbers", 0),
                Field.whole("ward"),
                Field.ignored("note"));

        refused(fields, Classifier.of(List.of("LOW", "HIGH"), "scores"), "visitors");
    }

    @Test
    void signature_thatLeavesAFeatureOut_isRefused() {
        List<Field> fields = List.of(Field.column("days", "numbers", 0), Field.whole("ward"), Field.ignored("note"));

        refused(fields, Classifier.of(List.of("LOW", "HIGH"), "scores"), "visits");
    }

    @Test
    void model_thatIsNoClassifier_isNotSupportedYet() {
        Signature signature = new Signature(
                TrainedModel.signature().inputs(),
                List.of(spec("y", Datatype.FP32, -1)),
                TrainedModel.signature().fields(),
                null);
        TestModel model = TestModel.of("m", "tribuo", classifier().artefact(), signature);

        assertThatThrownBy(() -> runtime.load(model.manifest(), model.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("not supported yet");
    }

    private void refused(List<Field> fields, Classifier classifier, String because) {
        Signature signature = Signature.classifier(TrainedModel.signature().inputs(), fields, classifier);
        TestModel model = TestModel.of("m", "tribuo", classifier().artefact(), signature);

        assertThatThrownBy(() -> runtime.load(model.manifest(), model.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(because);
    }
}
