package dev.sallyport.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model version takes and gives, and what policies may call the parts of it.
 *
 * @param inputs at least one, names distinct; either all with a variable number of rows or all with the same fixed one
 * @param outputs at least one, names distinct, rows as in the inputs; a classifier's are those of
 *     {@link Classifier#outputs()}
 * @param fields never empty and names distinct; given empty, they become {@code tensor[0]}, {@code tensor[1]}, … for
 *     the columns of a {@code [rows, n]} tensor and the tensor's name for any other
 * @param classifier null if the model is not one
 */
public record Signature(
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        List<Field> fields,
        @Nullable Classifier classifier) {

    /** @throws IllegalArgumentException naming the first of the bounds above that does not hold */
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        fields = fields.isEmpty() ? unnamed(inputs) : List.copyOf(fields);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("a signature has an input and an output");
        }
        distinct("input", inputs.stream().map(TensorSpec::name).toList());
        distinct("output", outputs.stream().map(TensorSpec::name).toList());
        distinct("field", fields.stream().map(Field::name).toList());
        long rows = inputs.getFirst().shape().getFirst();
        if (Stream.concat(inputs.stream(), outputs.stream())
                .anyMatch(spec -> spec.shape().getFirst() != rows)) {
            throw new IllegalArgumentException(
                    "all inputs and outputs begin with the same number of rows, or all with -1");
        }
        for (Field field : fields) {
            check(field, inputs);
        }
        if (classifier != null && !outputs.equals(classifier.outputs())) {
            throw new IllegalArgumentException(
                    "a classifier's outputs are its label, BYTES [-1], and its scores, FP32 [-1,"
                            + classifier.labels().size() + "], in this order");
        }
    }

    /** A classifier's signature: its outputs follow from its labels. */
    public static Signature classifier(List<TensorSpec> inputs, List<Field> fields, Classifier classifier) {
        return new Signature(inputs, classifier.outputs(), fields, classifier);
    }

    /** The input of this name. */
    public Optional<TensorSpec> input(String name) {
        return inputs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /** The output of this name. */
    public Optional<TensorSpec> output(String name) {
        return outputs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    /**
     * Whether the rows of several requests may run together: the number of rows is variable and a row's own shape is
     * fixed.
     */
    public boolean batchable() {
        return Stream.concat(inputs.stream(), outputs.stream())
                .allMatch(spec -> spec.variableRows() && spec.fixedRow());
    }

    /** Whether the model reads this input; one all of whose fields are ignored need not be sent. */
    public boolean reads(TensorSpec input) {
        List<Field> own =
                fields.stream().filter(f -> f.tensor().equals(input.name())).toList();
        return own.isEmpty() || own.stream().anyMatch(f -> !f.ignored());
    }

    private static List<Field> unnamed(List<TensorSpec> inputs) {
        List<Field> fields = new ArrayList<>();
        for (TensorSpec input : inputs) {
            if (input.shape().size() == 2 && input.shape().get(1) > 1) {
                for (int i = 0; i < input.shape().get(1); i++) {
                    fields.add(Field.column(input.name() + "[" + i + "]", input.name(), i));
                }
            } else {
                fields.add(Field.whole(input.name()));
            }
        }
        return List.copyOf(fields);
    }

    private static void check(Field field, List<TensorSpec> inputs) {
        TensorSpec input = inputs.stream()
                .filter(spec -> spec.name().equals(field.tensor()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "field " + field.name() + " lies in tensor " + field.tensor() + ", which is no input"));
        boolean column =
                input.shape().size() == 2 && field.column() < input.shape().get(1);
        if (field.column() != Field.WHOLE && !column) {
            throw new IllegalArgumentException(
                    "field " + field.name() + " is no column of tensor " + field.tensor() + " " + input.shape());
        }
    }

    private static void distinct(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two " + what + "s are called " + name);
            }
        }
    }
}
