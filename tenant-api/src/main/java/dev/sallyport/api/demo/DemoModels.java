package dev.sallyport.api.demo;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The demo's four models, all owned by the platform and granted to the demo's tenants. */
public final class DemoModels {
    /** A loan's applicant in six columns of one tensor; ONNX. */
    public static final DemoModel CREDIT_SCORE = onnx("credit-score", creditScore(), CreditScore::train);

    /** An 8×8 image of a digit; ONNX. */
    public static final DemoModel DIGITS = onnx("digits", digits(), Digits::train);

    /** A patient in four tensors, with a note that the model never reads; Tribuo. */
    public static final DemoModel READMISSION_RISK = new DemoModel(
            new ModelName("readmission-risk"),
            new ModelVersion("1"),
            "tribuo",
            readmissionRisk(),
            ReadmissionRisk::train);

    /** Sixteen sums and differences; ONNX. */
    public static final DemoModel SIMPLE = onnx("simple", simple(), random -> SumAndDifference.onnx());

    private DemoModels() {}

    /**
     * All four.
     *
     * @return ordered by name
     */
    public static List<DemoModel> all() {
        return List.of(CREDIT_SCORE, DIGITS, READMISSION_RISK, SIMPLE);
    }

    private static DemoModel onnx(String name, Signature signature, Function<RandomGenerator, byte[]> training) {
        return new DemoModel(new ModelName(name), new ModelVersion("1"), "onnxruntime", signature, training);
    }

    private static Signature creditScore() {
        List<String> columns = CreditScore.COLUMNS;
        List<Field> fields = IntStream.range(0, columns.size())
                .mapToObj(i -> Field.column(columns.get(i), CreditScore.INPUT, i))
                // An applicant may keep how much of the credit line is used to themselves: half of it is assumed.
                .map(field -> field.name().equals("utilisation") ? field.withMissing(0.5) : field)
                .toList();
        return Signature.classifier(
                List.of(rows(CreditScore.INPUT, Datatype.FP32, columns.size())),
                fields,
                Classifier.of(CreditScore.LABELS, CreditScore.SCORES));
    }

    private static Signature digits() {
        return Signature.classifier(
                List.of(rows(Digits.INPUT, Datatype.FP32, Digits.PIXELS)),
                List.of(Field.whole(Digits.INPUT)),
                Classifier.of(Digits.LABELS, Digits.SCORES));
    }

    private static Signature readmissionRisk() {
        List<TensorSpec> inputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (String field : ReadmissionRisk.FIELDS) {
            inputs.add(new TensorSpec(field, Datatype.FP32, List.of(TensorSpec.VARIABLE)));
            fields.add(Field.whole(field));
        }
        inputs.add(new TensorSpec(ReadmissionRisk.NOTE, Datatype.BYTES, List.of(TensorSpec.VARIABLE)));
        fields.add(Field.ignored(ReadmissionRisk.NOTE));
        return Signature.classifier(inputs, fields, Classifier.of(ReadmissionRisk.LABELS, "scores"));
    }

    private static Signature simple() {
        return new Signature(
                sixteen(SumAndDifference.INPUTS),
                sixteen(SumAndDifference.OUTPUTS),
                List.of(Field.whole("INPUT0"), Field.whole("INPUT1")),
                null);
    }

    private static List<TensorSpec> sixteen(List<String> names) {
        return names.stream()
                .map(name -> new TensorSpec(name, Datatype.INT32, SumAndDifference.SHAPE))
                .toList();
    }

    private static TensorSpec rows(String name, Datatype datatype, long columns) {
        return new TensorSpec(name, datatype, List.of(TensorSpec.VARIABLE, columns));
    }
}
