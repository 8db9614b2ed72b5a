package dev.sallyport.api.demo;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/**
 * A multi-layer perceptron with one hidden layer: {@code softmax(relu(x·H + h)·W + w)}.
 *
 * <p>The hidden layer is random and stays so; only the output layer is trained, as a multinomial logistic regression
 * on the hidden units (random features: Rahimi and Recht, "Weighted Sums of Random Kitchen Sinks", NIPS 2008). That
 * trains in a second on one core and still bends: it is no linear model.
 */
@SuppressWarnings("ArrayRecordComponent") // weights; never compared
record Perceptron(float[][] hidden, float[] hiddenBias, float[][] output, float[] outputBias) {
    private static final int MINIBATCH = 16;

    /**
     * How a perceptron is made.
     *
     * @param centre for each input column, a typical value: it becomes 0 before the hidden layer
     * @param spread for each input column, its scale, &gt; 0: it becomes 1 before the hidden layer
     * @param hiddenUnits the size of the hidden layer, at least 1
     * @param epochs how often training passes over the data, at least 1
     * @param rate how fast it learns, &gt; 0; slow enough, and scores stay soft where classes overlap
     */
    record Recipe(float[] centre, float[] spread, int hiddenUnits, int epochs, double rate) {}

    /**
     * Trains a perceptron.
     *
     * @param recipe its shape
     * @param labels the names of the classes, in the order of the scores
     * @param data what to learn; every class occurs
     * @param random where the hidden layer and the order of the examples come from
     * @return the trained perceptron; the same for the same random numbers
     */
    static Perceptron train(Recipe recipe, List<String> labels, LabelledRows data, RandomGenerator random) {
        float[][] hidden = randomLayer(recipe, random);
        float[] hiddenBias = foldIn(recipe, hidden, random);
        LinearSGDTrainer trainer = new LinearSGDTrainer(
                new LogMulticlass(),
                new AdaGrad(recipe.rate()),
                recipe.epochs(),
                data.size(),
                MINIBATCH,
                random.nextLong());
        LinearSGDModel model = trainer.train(LabelledRows.dataset(examples(labels, data, hidden, hiddenBias)));
        // One row a class in Tribuo's order; one column a hidden unit in the order of their names; the bias last.
        DenseMatrix weights = model.getWeightsCopy();
        float[][] output = new float[recipe.hiddenUnits()][labels.size()];
        float[] outputBias = new float[labels.size()];
        for (int c = 0; c < labels.size(); c++) {
            int row = model.getOutputIDInfo().getID(new Label(labels.get(c)));
            for (int unit = 0; unit < recipe.hiddenUnits(); unit++) {
                output[unit][c] = (float) weights.get(row, unit);
            }
            outputBias[c] = (float) weights.get(row, recipe.hiddenUnits());
        }
        return new Perceptron(hidden, hiddenBias, output, outputBias);
    }

    /**
     * This perceptron as an ONNX file.
     *
     * @param input the name of the input, FP32 {@code [n, columns]}
     * @param scores the name of the output, FP32 {@code [n, classes]}; each row sums to 1
     * @return the file's bytes; the same for the same perceptron
     */
    byte[] toOnnx(String input, String scores) {
        ONNXContext context = new ONNXContext();
        context.setName("perceptron");
        ONNXPlaceholder in = context.floatInput(input, hidden.length);
        ONNXPlaceholder out = context.floatOutput(scores, outputBias.length);
        in.apply(
                        ONNXOperators.GEMM,
                        List.of(matrix(context, "hidden", hidden), context.array("hidden_bias", hiddenBias)))
                .apply(Relu.RELU)
                .apply(
                        ONNXOperators.GEMM,
                        List.of(matrix(context, "output", output), context.array("output_bias", outputBias)))
                .apply(ONNXOperators.SOFTMAX)
                .assignTo(out);
        OnnxMl.GraphProto graph = context.buildGraph();
        return OnnxFile.of(graph);
    }

    private static float[][] randomLayer(Recipe recipe, RandomGenerator random) {
        int columns = recipe.centre().length;
        double scale = Math.sqrt(2.0 / columns);
        float[][] layer = new float[columns][recipe.hiddenUnits()];
        for (int column = 0; column < columns; column++) {
            for (int unit = 0; unit < recipe.hiddenUnits(); unit++) {
                layer[column][unit] = (float) (random.nextGaussian() * scale / recipe.spread()[column]);
            }
        }
        return layer;
    }

    /** Random biases into which the columns' centres are folded, so that the model takes raw columns. */
    private static float[] foldIn(Recipe recipe, float[][] layer, RandomGenerator random) {
        float[] bias = new float[recipe.hiddenUnits()];
        for (int unit = 0; unit < bias.length; unit++) {
            double sum = random.nextGaussian() * 0.5;
            for (int column = 0; column < layer.length; column++) {
                sum -= (double) recipe.centre()[column] * layer[column][unit];
            }
            bias[unit] = (float) sum;
        }
        return bias;
    }

    private static List<Example<Label>> examples(
            List<String> labels, LabelledRows data, float[][] hidden, float[] hiddenBias) {
        // Tribuo orders features by name: leading zeros keep that the order of the units.
        String[] names = IntStream.range(0, hiddenBias.length)
                .mapToObj(unit -> String.format("unit%04d", unit))
                .toArray(String[]::new);
        List<Example<Label>> examples = new ArrayList<>(data.size());
        for (int row = 0; row < data.size(); row++) {
            Label label = new Label(labels.get(data.classes()[row]));
            examples.add(new ArrayExample<>(label, names, activate(data.rows()[row], hidden, hiddenBias)));
        }
        return examples;
    }

    private static double[] activate(float[] row, float[][] hidden, float[] hiddenBias) {
        double[] units = new double[hiddenBias.length];
        for (int unit = 0; unit < units.length; unit++) {
            double sum = hiddenBias[unit];
            for (int column = 0; column < row.length; column++) {
                sum += (double) row[column] * hidden[column][unit];
            }
            units[unit] = Math.max(0, sum);
        }
        return units;
    }

    private static ONNXInitializer matrix(ONNXContext context, String name, float[][] values) {
        return context.floatTensor(name, List.of(values.length, values[0].length), buffer -> {
            for (float[] row : values) {
                buffer.put(row);
            }
        });
    }
}
