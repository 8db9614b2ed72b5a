package dev.sallyport.inference;

import java.util.HashSet;
import java.util.List;

/**
 * What makes a model a classifier. Its signature declares exactly two outputs, a label (BYTES {@code [rows]})
 * and scores (FP32 {@code [rows, classes]}); the model gives the scores and the worker derives the label.
 *
 * @param labels the classes in the order of the scores' columns, distinct
 * @param labelOutput name of the output that carries one class a row
 * @param scoresOutput name of the output that carries one score a class
 * @param source the artefact's own output from which the scores come (ONNX; Tribuo's models have one anyway)
 * @param form what the source's numbers are
 */
public record Classifier(List<String> labels, String labelOutput, String scoresOutput, String source, ScoreForm form) {

    /** What a graph's numbers are. */
    public enum ScoreForm {
        /** One a class, to be answered as they are. */
        PROBABILITIES,
        /** One a class, before the softmax that the worker then applies. */
        LOGITS
    }

    /** @throws IllegalArgumentException if there are fewer than two labels or two are equal */
    public Classifier {
        labels = List.copyOf(labels);
        if (labels.size() < 2 || new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("a classifier has two distinct labels or more");
        }
        if (labelOutput.equals(scoresOutput)) {
            throw new IllegalArgumentException("a classifier's label and scores are two outputs");
        }
    }

    /** The usual classifier: its outputs have the conventional names and the source gives probabilities. */
    public static Classifier of(List<String> labels, String source) {
        return new Classifier(labels, "label", "scores", source, ScoreForm.PROBABILITIES);
    }

    /** The two outputs that a classifier's signature declares, for any number of rows: label, then scores. */
    public List<TensorSpec> outputs() {
        return List.of(
                new TensorSpec(labelOutput, Datatype.BYTES, List.of(TensorSpec.VARIABLE)),
                new TensorSpec(scoresOutput, Datatype.FP32, List.of(TensorSpec.VARIABLE, (long) labels.size())));
    }
}
