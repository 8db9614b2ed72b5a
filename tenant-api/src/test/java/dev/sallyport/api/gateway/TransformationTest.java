package dev.sallyport.api.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.Inspection;
import dev.sallyport.policy.Obligations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TransformationTest {
    private static final Signature SIGNATURE = new Signature(
            List.of(
                    spec("numbers", Datatype.FP32, -1, 3),
                    spec("note", Datatype.BYTES, -1),
                    spec("names", Datatype.BYTES, -1, 2),
                    spec("lines", Datatype.BYTES, -1, 2)),
            List.of(spec("y", Datatype.FP32, -1, 1)),
            List.of(
                    Field.column("age", "numbers", 0).withMissing(-1),
                    Field.column("days", "numbers", 1),
                    Field.whole("note"),
                    Field.column("first", "names", 0),
                    Field.column("last", "names", 1),
                    Field.whole("lines")),
            null);
    private static final InferRequest REQUEST = request(List.of());

    private static TensorSpec spec(String name, Datatype datatype, long... shape) {
        return new TensorSpec(name, datatype, Arrays.stream(shape).boxed().toList());
    }

    private static Tensor strings(String name, long[] shape, String... values) {
        return Tensor.bytes(
                name, shape, Arrays.stream(values).map(v -> v.getBytes(UTF_8)).toList());
    }

    private static InferRequest request(List<Tensor> undeclared) {
        List<Tensor> inputs = List.of(
                Tensor.floats("numbers", new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
                strings("note", new long[] {2}, "n0", "n1"),
                strings("names", new long[] {2, 2}, "f0", "l0", "f1", "l1"),
                strings("lines", new long[] {2, 2}, "a", "b", "c", "d"));
        return new InferRequest(null, inputs, undeclared, 2, List.of(), false, null, null, List.of());
    }

    private static List<Tensor> apply(InferRequest request, Map<String, List<String>> replaced, Set<String> dropped) {
        Decision permit = new Decision.Permit(Obligations.NONE, List.of(), List.of(), List.of());
        return Transformation.apply(
                new Inspection(permit, List.of(), replaced, dropped),
                request,
                new SentFields(request, SIGNATURE, name -> true));
    }

    private static Tensor named(List<Tensor> tensors, String name) {
        return tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> texts(List<Tensor> tensors, String name) {
        return named(tensors, name).strings().stream()
                .map(v -> new String(v, UTF_8))
                .toList();
    }

    @Test
    void fields_areReadByTensorAndColumn() {
        SentFields fields = new SentFields(REQUEST, SIGNATURE, name -> true);
        assertThat(fields.names()).containsExactly("age", "days", "note", "first", "last", "lines");
        assertThat(fields.text("age")).isFalse();
        assertThat(fields.value("note", 1)).isEqualTo("n1");
        assertThat(fields.value("first", 1)).isEqualTo("f1");
        assertThat(fields.value("last", 0)).isEqualTo("l0");
        assertThat(fields.value("lines", 1)).as("several strings a row").isEqualTo("c\nd");
    }

    @Test
    void texts_replaced_takeTheOldOnesPlaceInACopy() {
        List<Tensor> tensors = apply(REQUEST, Map.of("note", List.of("x", "n1"), "last", List.of("y", "z")), Set.of());
        assertThat(texts(tensors, "note")).containsExactly("x", "n1");
        assertThat(texts(tensors, "names")).containsExactly("f0", "y", "f1", "z");
        assertThat(texts(REQUEST.inputs(), "note")).containsExactly("n0", "n1");
    }

    @Test
    void fields_dropped_becomeMissingOrEmptyInACopy() {
        List<Tensor> tensors = apply(REQUEST, Map.of(), Set.of("age", "note", "first", "lines"));
        float[] numbers = new float[6];
        named(tensors, "numbers").asFloats().get(numbers);
        assertThat(numbers).containsExactly(-1, 2, 3, -1, 5, 6);
        assertThat(texts(tensors, "note")).containsExactly("", "");
        assertThat(texts(tensors, "names")).containsExactly("", "l0", "", "l1");
        assertThat(texts(tensors, "lines")).containsExactly("", "", "", "");
        assertThat(REQUEST.inputs().getFirst().asFloats().get(0)).isEqualTo(1);
    }

    @Test
    void changes_thatTheFormDoesNotAllow_deny() {
        assertThatThrownBy(() -> apply(REQUEST, Map.of(), Set.of("days"))).hasMessage("OBLIGATION_UNMET");
        assertThatThrownBy(() -> apply(REQUEST, Map.of("lines", List.of("x", "y")), Set.of()))
                .hasMessage("OBLIGATION_UNMET");
        assertThatThrownBy(() -> apply(REQUEST, Map.of("age", List.of("x", "y")), Set.of()))
                .hasMessage("OBLIGATION_UNMET");
    }

    @Test
    void tensors_undeclared_goOnlyWhereThePolicyTakesThemAway() {
        InferRequest request = request(List.of(strings("hat", new long[] {2}, "a", "b")));
        assertThat(apply(request, Map.of(), Set.of("hat")))
                .extracting(Tensor::name)
                .doesNotContain("hat")
                .hasSize(4);
        assertThatThrownBy(() -> apply(request, Map.of(), Set.of())).hasMessage("INPUT_UNKNOWN");
    }

    @Test
    void nothing_toDo_isTheRequestItself() {
        assertThat(apply(REQUEST, Map.of(), Set.of())).isEqualTo(REQUEST.inputs());
    }
}
