package dev.sallyport.inference;

import static dev.sallyport.inference.fixture.TestModel.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final TensorSpec X = spec("x", Datatype.FP32, -1, 3);
    private static final TensorSpec Y = spec("y", Datatype.FP32, -1);

    @Test
    void signature_withoutFields_namesColumnsByNumber() {
        Signature signature = new Signature(List.of(X, spec("t", Datatype.BYTES, -1)), List.of(Y), List.of(), null);

        assertThat(signature.fields()).extracting(Field::name).containsExactly("x[0]", "x[1]", "x[2]", "t");
    }

    @Test
    void signature_ofVariableRowsAndFixedRow_isBatchable() {
        assertThat(new Signature(List.of(X), List.of(Y), List.of(), null).batchable())
                .isTrue();
    }

    @Test
    void signature_ofFixedRowsOrVariableRow_isNotBatchable() {
        Signature fixed = new Signature(
                List.of(spec("x", Datatype.FP32, 1, 3)), List.of(spec("y", Datatype.FP32, 1)), List.of(), null);
        Signature sequence = new Signature(List.of(spec("x", Datatype.FP32, -1, -1)), List.of(Y), List.of(), null);

        assertThat(fixed.batchable()).isFalse();
        assertThat(sequence.batchable()).isFalse();
    }

    @Test
    void input_allOfWhoseFieldsAreIgnored_isNotRead() {
        TensorSpec note = spec("note", Datatype.BYTES, -1);
        Signature signature =
                new Signature(List.of(X, note), List.of(Y), List.of(Field.whole("x"), Field.ignored("note")), null);

        assertThat(signature.reads(note)).isFalse();
        assertThat(signature.reads(X)).isTrue();
    }

    @Test
    void signature_thatContradictsItself_isRefused() {
        refused(List.of(), List.of(Y), List.of(), null, "an input and an output");
        refused(List.of(X, X), List.of(Y), List.of(), null, "two inputs are called x");
        refused(List.of(X), List.of(spec("y", Datatype.FP32, 1)), List.of(), null, "the same number of rows");
        refused(List.of(X), List.of(Y), List.of(Field.whole("z")), null, "tensor z");
        refused(List.of(X), List.of(Y), List.of(Field.column("a", "x", 3)), null, "no column");
        refused(List.of(X), List.of(Y), List.of(Field.whole("x"), Field.whole("x")), null, "two fields");
        refused(List.of(X), List.of(Y), List.of(), Classifier.of(List.of("a", "b"), "p"), "FP32 [-1,2]");
    }

    private static void refused(
            List<TensorSpec> inputs,
            List<TensorSpec> outputs,
            List<Field> fields,
            @org.jspecify.annotations.Nullable Classifier classifier,
            String because) {
        assertThatThrownBy(() -> new Signature(inputs, outputs, fields, classifier))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }
}
