package dev.sallyport.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.fixture.TestModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every runtime does with a classifier that takes a number of rows as it comes. */
public interface ModelRuntimeContract {
    ModelRuntime runtime();

    TestModel classifier();

    /** Inputs that {@link #classifier} reads, in the signature's order, in direct memory, different for each seed. */
    List<Tensor> batch(int rows, long seed);

    /** The rows of several batches, one after another. */
    List<Tensor> joined(List<List<Tensor>> batches);

    private LoadedModel load() throws ModelLoadException {
        return runtime().load(classifier().manifest(), classifier().artefact());
    }

    @Test
    default void classifier_run_givesOneScoreAClassInTheSignaturesName() throws Exception {
        try (LoadedModel model = load()) {
            List<Tensor> outputs = model.run(batch(3, 1));

            Classifier classifier =
                    Objects.requireNonNull(classifier().manifest().signature().classifier());
            assertThat(outputs).singleElement().satisfies(scores -> {
                assertThat(scores.name()).isEqualTo(classifier.scoresOutput());
                assertThat(scores.datatype()).isEqualTo(Datatype.FP32);
                assertThat(scores.shape())
                        .containsExactly(3, classifier.labels().size());
                assertThat(scores.buffer().limit())
                        .isEqualTo(3 * classifier.labels().size() * Float.BYTES);
            });
        }
    }

    @Test
    default void rows_runTogetherOrAlone_haveTheSameScores() throws Exception {
        try (LoadedModel model = load()) {
            List<List<Tensor>> batches = new ArrayList<>();
            List<Float> alone = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                batches.add(batch(1 + i % 3, i));
                alone.addAll(floats(model.run(batches.getLast()).getFirst()));
            }

            List<Float> together = floats(model.run(joined(batches)).getFirst());

            assertThat(together).hasSameSizeAs(alone);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i)).isCloseTo(alone.get(i), Offset.offset(1e-5f));
            }
        }
    }

    @Test
    default void outputs_ofARun_outliveItsInputs() throws Exception {
        try (LoadedModel model = load()) {
            List<Tensor> inputs = batch(2, 5);
            Tensor output = model.run(inputs).getFirst();
            List<Float> before = floats(output);
            for (Tensor input : inputs) {
                if (input.data() instanceof TensorData.Fixed fixed) {
                    fixed.buffer().put(0, new byte[fixed.buffer().limit()]);
                }
            }

            assertThat(floats(output)).isEqualTo(before);
        }
    }

    @Test
    default void artefact_thatIsNoise_isRefused() {
        byte[] noise = "not a model".repeat(40).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThatThrownBy(() -> runtime().load(classifier().manifest(), noise)).isInstanceOf(ModelLoadException.class);
    }

    @Test
    default void artefact_thatIsEmpty_isRefused() {
        assertThatThrownBy(() -> runtime().load(classifier().manifest(), new byte[0]))
                .isInstanceOf(ModelLoadException.class);
    }

    @Test
    default void signature_withAnInputThatTheArtefactLacks_isRefused() {
        Signature own = classifier().manifest().signature();
        List<TensorSpec> inputs = new ArrayList<>(own.inputs());
        inputs.add(TestModel.spec("surplus", Datatype.FP32, -1));
        List<Field> fields = new ArrayList<>(own.fields());
        fields.add(Field.whole("surplus"));
        TestModel other = TestModel.of(
                "other",
                classifier().manifest().runtime(),
                classifier().artefact(),
                new Signature(inputs, own.outputs(), fields, own.classifier()));

        assertThatThrownBy(() -> runtime().load(other.manifest(), other.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("surplus");
    }

    static List<Float> floats(Tensor tensor) {
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < tensor.asFloats().limit(); i++) {
            values.add(tensor.asFloats().get(i));
        }
        return values;
    }
}
