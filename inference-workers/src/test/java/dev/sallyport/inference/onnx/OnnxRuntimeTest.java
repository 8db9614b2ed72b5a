package dev.sallyport.inference.onnx;

import static dev.sallyport.inference.fixture.TestModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelLoadException;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.ModelRuntime;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import dev.sallyport.inference.fixture.Graphs;
import dev.sallyport.inference.fixture.TestModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxRuntimeTest implements ModelRuntimeContract {
    private static final TestModel PERCEPTRON = TestModel.perceptron();

    private final OnnxRuntime runtime = new OnnxRuntime();

    @Override
    public ModelRuntime runtime() {
        return runtime;
    }

    @Override
    public TestModel classifier() {
        return PERCEPTRON;
    }

    @Override
    public List<Tensor> batch(int rows, long seed) {
        Random random = new Random(seed);
        ByteBuffer data = ByteBuffer.allocateDirect(rows * TestModel.FEATURES * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * TestModel.FEATURES; i++) {
            data.putFloat(i * Float.BYTES, (float) random.nextGaussian());
        }
        return List.of(
                new Tensor("x", Datatype.FP32, new long[] {rows, TestModel.FEATURES}, new TensorData.Fixed(data)));
    }

    @Override
    public List<Tensor> joined(List<List<Tensor>> batches) {
        int rows = batches.stream().mapToInt(b -> (int) b.getFirst().rows()).sum();
        ByteBuffer data = ByteBuffer.allocateDirect(rows * TestModel.FEATURES * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (List<Tensor> batch : batches) {
            ByteBuffer part = batch.getFirst().buffer();
            data.put(at, part, 0, part.limit());
            at += part.limit();
        }
        return List.of(
                new Tensor("x", Datatype.FP32, new long[] {rows, TestModel.FEATURES}, new TensorData.Fixed(data)));
    }

    @Test
    void simple_ofTwoRowsOfIntegers_givesSumAndDifference() throws Exception {
        TestModel simple = TestModel.simple();
        int[] zero = IntStream.range(0, 16).toArray();
        int[] one = IntStream.generate(() -> 1).limit(16).toArray();
        try (LoadedModel model = runtime.load(simple.manifest(), simple.artefact())) {
            List<Tensor> outputs = model.run(List.of(
                    Tensor.ints("INPUT0", new long[] {1, 16}, zero), Tensor.ints("INPUT1", new long[] {1, 16}, one)));

            assertThat(outputs).extracting(Tensor::name).containsExactly("OUTPUT0", "OUTPUT1");
            assertThat(outputs.get(0).buffer().getInt(4 * 4)).isEqualTo(5);
            assertThat(outputs.get(1).buffer().getInt(4 * 4)).isEqualTo(3);
        }
    }

    @Test
    void inputOnTheHeap_isReadToo() throws Exception {
        TestModel root = TestModel.root();
        try (LoadedModel model = runtime.load(root.manifest(), root.artefact())) {
            List<Tensor> outputs = model.run(List.of(Tensor.floats("x", new long[] {2, 1}, 4, 9)));

            assertThat(ModelRuntimeContract.floats(outputs.getFirst())).containsExactly(2f, 3f);
        }
    }

    @Test
    void texts_passThroughAGraph_unchanged() throws Exception {
        TestModel echo = TestModel.echo();
        List<byte[]> texts = List.of("".getBytes(StandardCharsets.UTF_8), "Süßöl 🛢".getBytes(StandardCharsets.UTF_8));
        try (LoadedModel model = runtime.load(echo.manifest(), echo.artefact())) {
            List<Tensor> outputs = model.run(List.of(Tensor.bytes("text", new long[] {2}, texts)));

            assertThat(outputs.getFirst().strings()).containsExactlyElementsOf(texts);
        }
    }

    @Test
    void indexOutOfRange_failsTheRun_andTheNextOneIsGood() throws Exception {
        TestModel table = TestModel.table();
        try (LoadedModel model = runtime.load(table.manifest(), table.artefact())) {
            assertThatThrownBy(() -> model.run(List.of(index(9)))).isInstanceOf(ModelRunException.class);

            assertThat(ModelRuntimeContract.floats(model.run(List.of(index(2))).getFirst()))
                    .containsExactly(20f);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UINT16", "UINT32", "UINT64"})
    void datatype_thatTheJavaInterfaceLacks_isRefusedByName(Datatype datatype) {
        Signature signature = new Signature(
                List.of(spec("index", datatype, -1)), List.of(spec("entry", Datatype.FP32, -1)), List.of(), null);
        TestModel model = TestModel.of("m", "onnxruntime", Graphs.table(), signature);

        assertThatThrownBy(() -> runtime.load(model.manifest(), model.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("index is " + datatype);
    }

    @Test
    void signature_ofAnotherDatatypeThanTheGraph_isRefused() {
        refused(Graphs.table(), spec("index", Datatype.INT32, -1), spec("entry", Datatype.FP32, -1), "INT64");
    }

    @Test
    void signature_ofAnotherShapeThanTheGraph_isRefused() {
        refused(
                Graphs.simple(),
                spec("INPUT0", Datatype.INT32, 1, 15),
                spec("OUTPUT0", Datatype.INT32, 1, 16),
                "[1, 16]");
    }

    @Test
    void graph_withAnInputThatTheSignatureLacks_isRefused() {
        refused(
                Graphs.simple(),
                spec("INPUT0", Datatype.INT32, 1, 16),
                spec("OUTPUT0", Datatype.INT32, 1, 16),
                "INPUT1");
    }

    @Test
    void graph_withoutADeclaredOutput_isRefused() {
        refused(Graphs.table(), spec("index", Datatype.INT64, -1), spec("absent", Datatype.FP32, -1), "absent");
    }

    @Test
    void classifier_whoseSourceHasOtherClasses_isRefused() {
        TestModel four = TestModel.of(
                "four",
                "onnxruntime",
                PERCEPTRON.artefact(),
                Signature.classifier(
                        List.of(spec("x", Datatype.FP32, -1, TestModel.FEATURES)),
                        List.of(),
                        Classifier.of(List.of("a", "b", "c", "d"), "probabilities")));

        assertThatThrownBy(() -> runtime.load(four.manifest(), four.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("probabilities");
    }

    private void refused(
            byte[] graph,
            dev.sallyport.inference.TensorSpec input,
            dev.sallyport.inference.TensorSpec output,
            String because) {
        Signature signature = new Signature(List.of(input), List.of(output), List.of(Field.whole(input.name())), null);
        TestModel model = TestModel.of("m", "onnxruntime", graph, signature);

        assertThatThrownBy(() -> runtime.load(model.manifest(), model.artefact()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(because);
    }

    private static Tensor index(long value) {
        ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(0, value);
        return new Tensor("index", Datatype.INT64, new long[] {1}, new TensorData.Fixed(data));
    }
}
