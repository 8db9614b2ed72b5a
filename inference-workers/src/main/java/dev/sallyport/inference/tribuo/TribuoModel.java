package dev.sallyport.inference.tribuo;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Tensor;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** A Tribuo classifier that is fed row by row through one example, made once. */
final class TribuoModel implements LoadedModel {
    private final Model<Label> model;
    private final Features features;
    private final Row row;
    private final Classifier classifier;

    TribuoModel(Model<Label> model, Features features, Classifier classifier) {
        this.model = model;
        this.features = features;
        this.row = new Row(features.names());
        this.classifier = classifier;
    }

    @Override
    public List<Tensor> run(List<Tensor> batch) throws ModelRunException {
        int rows = Math.toIntExact(batch.getFirst().rows());
        int classes = classifier.labels().size();
        float[] scores = new float[rows * classes];
        try {
            for (int i = 0; i < rows; i++) {
                row.clear();
                features.read(batch, i, row);
                Map<String, Label> predicted = model.predict(row).getOutputScores();
                for (int c = 0; c < classes; c++) {
                    Label label = predicted.get(classifier.labels().get(c));
                    scores[i * classes + c] = label == null ? Float.NaN : (float) label.getScore();
                }
            }
        } catch (RuntimeException e) {
            // Tribuo writes the example into its messages: neither message nor cause goes any further.
            throw new ModelRunException(
                    "Tribuo did not score a row (" + e.getClass().getSimpleName() + ")");
        }
        return List.of(Tensor.floats(classifier.scoresOutput(), new long[] {rows, classes}, scores));
    }

    @Override
    public void close() {
        // All of it is ordinary memory.
    }
}
