package dev.sallyport.inference.lane;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.OutputFacts;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.guard.Values;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.ReleaseFacts;
import dev.sallyport.policy.ReleasePolicy;
import dev.sallyport.policy.output.OutputObligation;
import dev.sallyport.policy.output.OutputShaper;
import dev.sallyport.policy.output.Shape;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out of the worker: a job's raw outputs go in, a reply with shaped ones comes out. Nothing else in the product
 * sees raw outputs.
 *
 * <p>The label is that of the highest raw score wherever that score is still among the highest once shaped: rounding
 * may make scores equal, and a label disclosed at the strictest tier tells no more than that tier does.
 */
final class OutputGate {
    private static final String NOT_FINITE = "the model gave something that is not a number";

    private final Signature signature;
    private final List<byte[]> labels;
    private final InstantSource clock;

    OutputGate(Signature signature, InstantSource clock) {
        this.signature = signature;
        this.clock = clock;
        Classifier classifier = signature.classifier();
        this.labels = classifier == null
                ? List.of()
                : classifier.labels().stream()
                        .map(label -> label.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    /**
     * Shapes, decides and answers.
     *
     * @param raw the job's own rows of what the model gave, writable; not used afterwards by anybody else
     */
    Reply reply(Job job, List<Tensor> raw) {
        Classifier classifier = signature.classifier();
        return classifier == null ? values(job, raw) : classified(job, raw.getFirst(), classifier);
    }

    private Reply classified(Job job, Tensor raw, Classifier classifier) {
        FloatBuffer scores = raw.asFloats();
        int classes = labels.size();
        if (!Values.finite(raw)) {
            return new Reply.Failed(FailureKind.MODEL_FAILED, NOT_FINITE);
        }
        Scores.normalise(scores, classes, classifier.form());
        int[] highest = new int[job.rows()];
        Arrays.setAll(highest, row -> Scores.highest(scores, row * classes, classes));
        OutputObligation obligation = job.obligations().output();
        OutputShaper.shape(scores, job.rows(), classes, obligation);

        double[] confidences = new double[job.rows()];
        List<@Nullable String> names = new ArrayList<>(job.rows());
        List<byte[]> label = new ArrayList<>(job.rows());
        for (int row = 0; row < job.rows(); row++) {
            int top = Scores.highest(scores, row * classes, classes);
            float shown = scores.get(row * classes + top);
            int named = scores.get(row * classes + highest[row]) == shown ? highest[row] : top;
            confidences[row] = obligation.shape() == Shape.LABEL ? Double.NaN : shown;
            names.add(classifier.labels().get(named));
            label.add(labels.get(named));
        }
        List<Tensor> outputs = List.of(
                Tensor.bytes(classifier.labelOutput(), new long[] {job.rows()}, label),
                new Tensor(classifier.scoresOutput(), Datatype.FP32, raw.shape(), raw.data()));
        return decide(job, outputs, names, confidences);
    }

    private Reply values(Job job, List<Tensor> raw) {
        OutputObligation obligation = job.obligations().output();
        Decision.@Nullable Deny unsupported = unsupported(job, raw);
        if (unsupported != null) {
            return new Reply.Refused(unsupported, new OutputFacts(obligation.tier(), job.rows(), List.of()));
        }
        for (Tensor tensor : raw) {
            if (!Values.finite(tensor)) {
                return new Reply.Failed(FailureKind.MODEL_FAILED, NOT_FINITE);
            }
            if (tensor.datatype() == Datatype.FP32 && !obligation.none()) {
                FloatBuffer values = tensor.asFloats();
                OutputShaper.shape(values, 1, values.limit(), obligation);
            }
        }
        return decide(job, raw, List.of(), new double[0]);
    }

    /** A denial if what is asked cannot be done to these outputs: they are no scores, or cannot be rounded. */
    private Decision.@Nullable Deny unsupported(Job job, List<Tensor> raw) {
        OutputObligation obligation = job.obligations().output();
        boolean rounded = raw.stream().noneMatch(t -> t.datatype().floating() && t.datatype() != Datatype.FP32);
        if (obligation.none() || (obligation.shape() == Shape.FULL && rounded)) {
            return null;
        }
        String sentence = "the policy asks for outputs shaped as " + obligation.tier()
                + ", which this model's outputs cannot carry";
        return new Decision.Deny(
                "SHAPE_UNSUPPORTED",
                sentence,
                job.obligations().outputRules(),
                job.obligations().outputRules(),
                List.of());
    }

    private Reply decide(Job job, List<Tensor> shaped, List<@Nullable String> labels, double[] confidences) {
        String tier = job.obligations().output().tier();
        OutputFacts facts = new OutputFacts(tier, job.rows(), Bands.of(confidences));
        Decision decision = ReleasePolicy.decide(
                job.obligations(), new ReleaseFacts(job.rows(), labels, confidences, tier, clock.instant()));
        return switch (decision) {
            case Decision.Permit permit -> new Reply.Released(asked(job, shaped), tier, permit, facts);
            case Decision.Hold hold -> new Reply.Held(asked(job, shaped), tier, hold, facts);
            case Decision.Deny deny -> new Reply.Refused(deny, facts);
            case Decision.Gap gap -> new Reply.Refused(gap, facts);
        };
    }

    private static List<Tensor> asked(Job job, List<Tensor> outputs) {
        return job.outputs().isEmpty()
                ? outputs
                : outputs.stream().filter(t -> job.outputs().contains(t.name())).toList();
    }
}
