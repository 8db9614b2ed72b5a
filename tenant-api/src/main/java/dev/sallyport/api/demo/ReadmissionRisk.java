package dev.sallyport.api.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * The demo's {@code readmission-risk}: whether a patient is likely to be back in hospital within thirty days. A
 * logistic regression of Tribuo's over four fields.
 */
final class ReadmissionRisk {
    /**
     * What the model reads: age in decades (0 = under ten), days in hospital, severity of the diagnosis (0–4), and
     * admissions in the year before.
     */
    static final List<String> FIELDS = List.of("age_band", "los_days", "dx_group", "prior_admits");

    /** A note about the patient, which the model does not read and a policy may. */
    static final String NOTE = "free_text";

    /** The classes. */
    static final List<String> LABELS = List.of("LOW", "HIGH");

    private static final int ROWS = 4000;
    private static final int EPOCHS = 5;

    private ReadmissionRisk() {}

    /**
     * Trains the model.
     *
     * @param random where the data come from
     * @return a Tribuo model as protobuf; its predictions, not its bytes, are the same for the same random numbers,
     *     since Tribuo writes the time of training into its provenance
     */
    static byte[] train(RandomGenerator random) {
        LabelledRows data = generate(random, ROWS);
        List<Example<Label>> examples = new ArrayList<>(data.size());
        for (int row = 0; row < data.size(); row++) {
            examples.add(example(data.rows()[row], new Label(LABELS.get(data.classes()[row]))));
        }
        LinearSGDTrainer regression =
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.3), EPOCHS, ROWS, random.nextLong());
        TransformationMap standardise = new TransformationMap(List.of(new MeanStdDevTransformation()));
        return serialise(new TransformTrainer<>(regression, standardise).train(LabelledRows.dataset(examples)));
    }

    /**
     * A patient as Tribuo takes one.
     *
     * @param row the values of {@link #FIELDS}
     * @param label the class, or an unknown one
     * @return features named as the fields
     */
    static Example<Label> example(float[] row, Label label) {
        double[] values = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = row[i];
        }
        return new ArrayExample<>(label, FIELDS.toArray(String[]::new), values);
    }

    /**
     * Patients who exist nowhere, and whether they came back.
     *
     * @param random where they come from
     * @param count how many
     * @return rows of {@link #FIELDS}
     */
    static LabelledRows generate(RandomGenerator random, int count) {
        float[][] rows = new float[count][];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            float age = random.nextInt(1, 10);
            float stay = (float) Math.floor(1 + Math.min(40, random.nextExponential() * 5));
            float severity = random.nextInt(5);
            float admissions = (float) Math.floor(Math.min(10, random.nextExponential() * 1.3));
            double risk = -5.2 + 0.3 * age + 0.12 * stay + 0.55 * severity + 0.7 * admissions;
            rows[i] = new float[] {age, stay, severity, admissions};
            classes[i] = random.nextDouble() < 1 / (1 + Math.exp(-2 * risk)) ? 1 : 0;
        }
        return new LabelledRows(rows, classes);
    }

    private static byte[] serialise(Model<Label> model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            model.serializeToStream(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
