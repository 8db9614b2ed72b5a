package dev.sallyport.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRuntimeContract;
import dev.sallyport.inference.OutputFacts;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.fixture.TestModel;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.Obligations;
import dev.sallyport.policy.ReleaseCondition;
import dev.sallyport.policy.Rule;
import dev.sallyport.policy.condition.Condition;
import dev.sallyport.policy.output.OutputObligation;
import dev.sallyport.policy.output.Shape;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputGateTest {
    private static final TestModel CLASSIFIER = TestModel.perceptron();
    private static final TestModel NUMBERS = TestModel.root();

    @Test
    void scores_atFull_passWithTheirLabels() {
        Reply.Released released = released(classified(OutputObligation.NONE, 0.2f, 0.3f, 0.5f, 0.6f, 0.3f, 0.1f));

        assertThat(labels(released)).containsExactly("HIGH", "LOW");
        assertThat(scores(released)).containsExactly(0.2f, 0.3f, 0.5f, 0.6f, 0.3f, 0.1f);
        assertThat(released.tier()).isEqualTo("full");
        assertThat(released.facts()).isEqualTo(new OutputFacts("full", 2, List.of(new OutputFacts.Band(50, 80, 2))));
    }

    @Test
    void scores_atTopOne_keepShapeAndName() {
        Reply.Released released = released(classified(new OutputObligation(Shape.TOPK, 1, 1), 0.16f, 0.33f, 0.51f));

        assertThat(released.outputs()).extracting(Tensor::name).containsExactly("label", "scores");
        assertThat(released.outputs().get(1).shape()).containsExactly(1, 3);
        assertThat(scores(released)).containsExactly(0f, 0f, 0.5f);
        assertThat(released.tier()).isEqualTo("topk:1");
    }

    @Test
    void scores_atLabel_areOneHot_andTheirConfidenceIsUnknown() {
        Reply.Released released = released(classified(new OutputObligation(Shape.LABEL, 0, -1), 0.2f, 0.5f, 0.3f));

        assertThat(scores(released)).containsExactly(0f, 1f, 0f);
        assertThat(labels(released)).containsExactly("MEDIUM");
        assertThat(released.facts()).isEqualTo(new OutputFacts("label", 1, List.of()));
    }

    @Test
    void label_ofScoresThatRoundingMadeEqual_isTheModels() {
        Reply.Released released =
                released(classified(new OutputObligation(Shape.FULL, 0, 1), 0.3f, 0.34f, 0.35f - 0.003f));

        assertThat(scores(released)).containsExactly(0.3f, 0.3f, 0.3f);
        assertThat(labels(released)).containsExactly("HIGH");
    }

    @Test
    void logits_becomeProbabilitiesBeforeTheyAreShaped() {
        TestModel logits = TestModel.perceptron("logits", Classifier.ScoreForm.LOGITS);
        OutputGate gate = new OutputGate(logits.manifest().signature(), InstantSource.system());
        Tensor raw = Tensor.floats("scores", new long[] {1, 3}, 1000f, 1000f + (float) Math.log(3), -1000f);

        Reply.Released released = released(gate.reply(job(logits, OutputObligation.NONE, List.of(), 1), List.of(raw)));

        assertThat(scores(released).get(0)).isCloseTo(0.25f, org.assertj.core.data.Offset.offset(1e-4f));
        assertThat(scores(released).get(1)).isCloseTo(0.75f, org.assertj.core.data.Offset.offset(1e-4f));
        assertThat(scores(released).get(2)).isZero();
    }

    @Test
    void score_thatIsNotANumber_isAFailure_atEveryTier() {
        for (OutputObligation obligation : List.of(OutputObligation.NONE, new OutputObligation(Shape.LABEL, 0, -1))) {
            assertThat(classified(obligation, 0.2f, Float.NaN, 0.3f))
                    .isInstanceOfSatisfying(
                            Reply.Failed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.MODEL_FAILED));
        }
    }

    @Test
    void outputs_askedFor_areTheOnlyOnes() {
        Reply.Released released = released(gate(CLASSIFIER)
                .reply(job(CLASSIFIER, OutputObligation.NONE, List.of("label"), 1), raw(0.2f, 0.3f, 0.5f)));

        assertThat(released.outputs()).extracting(Tensor::name).containsExactly("label");
    }

    @Test
    void numbers_thatAreNoScores_areRefusedAtAShapeForScores() {
        Reply reply = gate(NUMBERS)
                .reply(
                        job(NUMBERS, new OutputObligation(Shape.LABEL, 0, -1), List.of(), 1),
                        List.of(Tensor.floats("y", new long[] {1, 1}, 0.5f)));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.decision())
                                .isInstanceOfSatisfying(
                                        Decision.Deny.class,
                                        deny -> assertThat(deny.code()).isEqualTo("SHAPE_UNSUPPORTED")));
    }

    @Test
    void numbers_thatAreNoScores_areRoundedWhereThatIsAsked() {
        Reply.Released released = released(gate(NUMBERS)
                .reply(
                        job(NUMBERS, new OutputObligation(Shape.FULL, 0, 2), List.of(), 2),
                        List.of(Tensor.floats("y", new long[] {2, 1}, -1.234f, 7.777f))));

        assertThat(ModelRuntimeContract.floats(released.outputs().getFirst())).containsExactly(-1.23f, 7.78f);
        assertThat(released.facts().confidence()).isEmpty();
    }

    @Test
    void conditionOnOutput_seesTheShapedScores_andItsDenialCarriesNone() {
        OutputObligation rounded = new OutputObligation(Shape.FULL, 0, 1);

        assertThat(conditioned(rounded, "output.confidence >= 0.8", 0.1f, 0.11f, 0.79f))
                .isInstanceOf(Reply.Released.class);
        assertThat(conditioned(rounded, "output.confidence >= 0.8", 0.1f, 0.16f, 0.74f))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.decision())
                                .isInstanceOfSatisfying(
                                        Decision.Deny.class,
                                        deny -> assertThat(deny.code()).isEqualTo("UNSURE")));
        assertThat(conditioned(rounded, "output.label != 'HIGH'", 0.1f, 0.1f, 0.8f))
                .isInstanceOf(Reply.Refused.class);
    }

    @Test
    void bands_countRowsByTheirNames() {
        assertThat(Bands.of(new double[] {0, 0.4999f, 0.5f, 0.8f, 0.95f, 1, Double.NaN, 0.7999f}))
                .containsExactly(
                        new OutputFacts.Band(0, 50, 2),
                        new OutputFacts.Band(50, 80, 2),
                        new OutputFacts.Band(80, 95, 1),
                        new OutputFacts.Band(95, 100, 2));
    }

    private static Reply classified(OutputObligation obligation, float... scores) {
        return gate(CLASSIFIER).reply(job(CLASSIFIER, obligation, List.of(), scores.length / 3), raw(scores));
    }

    private static OutputGate gate(TestModel model) {
        return new OutputGate(model.manifest().signature(), InstantSource.system());
    }

    private static Reply conditioned(OutputObligation obligation, String expression, float... scores) {
        Rule rule = new Rule("conditions.sure", Layer.TENANT, "acme/policy", "0".repeat(64), 7, List.of());
        ReleaseCondition condition = new ReleaseCondition("sure", Condition.of(expression), "UNSURE", rule);
        Obligations obligations = new Obligations(obligation, List.of(), List.of(condition));
        return gate(CLASSIFIER).reply(job(CLASSIFIER, obligations, List.of(), 1), raw(scores));
    }

    private static Job job(TestModel model, OutputObligation obligation, List<String> outputs, int rows) {
        return job(model, new Obligations(obligation, List.of(), List.of()), outputs, rows);
    }

    private static Job job(TestModel model, Obligations obligations, List<String> outputs, int rows) {
        return new Job(
                "j",
                TestModel.TENANT,
                model.manifest().owner(),
                model.manifest().name(),
                model.manifest().version(),
                model.manifest().digest(),
                List.of(),
                rows,
                outputs,
                "0".repeat(64),
                obligations,
                Long.MAX_VALUE);
    }

    private static Reply.Released released(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Released.class);
        return (Reply.Released) reply;
    }

    private static List<String> labels(Reply.Released released) {
        return released.outputs().getFirst().strings().stream()
                .map(label -> new String(label, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Float> scores(Reply.Released released) {
        return ModelRuntimeContract.floats(released.outputs().get(1));
    }

    private static List<Tensor> raw(float... scores) {
        return List.of(Tensor.floats("scores", new long[] {scores.length / 3, 3}, scores));
    }
}
