package dev.sallyport.inference.guard;

import static dev.sallyport.inference.fixture.TestModel.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputGuardTest {
    private static final Signature SIGNATURE = new Signature(
            List.of(spec("x", Datatype.FP32, -1, 2), spec("t", Datatype.BYTES, -1), spec("note", Datatype.BYTES, -1)),
            List.of(spec("y", Datatype.FP32, -1)),
            List.of(Field.whole("x"), Field.whole("t"), Field.ignored("note")),
            null);
    private static final Tensor X = Tensor.floats("x", new long[] {2, 2}, 1, 2, 3, 4);
    private static final Tensor T = texts("t", "a", "ü");

    private final InputGuard guard = new InputGuard(SIGNATURE);

    @Test
    void inputs_asDeclared_pass() {
        assertThat(guard.fault(List.of(T, X), 2)).isEmpty();
        assertThat(guard.fault(List.of(X, texts("note", "", ""), T), 2)).isEmpty();
    }

    @Test
    void input_thatIsReadAndMissing_isNamed() {
        fault("input t is missing", 2, X);
    }

    @Test
    void input_thatNobodyDeclared_isNamed() {
        fault("input ssn is not one of this model's: x, t, note", 2, X, T, texts("ssn", "a", "b"));
    }

    @Test
    void input_givenTwice_isNamed() {
        fault("input x is given twice", 2, X, X, T);
    }

    @Test
    void input_ofAnotherDatatype_isNamed() {
        fault("input x is INT32, not FP32", 2, Tensor.ints("x", new long[] {2, 2}, 1, 2, 3, 4), T);
    }

    @Test
    void input_ofAnotherShape_isNamed() {
        fault("input x has shape [2, 3], not [-1, 2]", 2, Tensor.floats("x", new long[] {2, 3}, new float[6]), T);
        fault("input x has shape [4], not [-1, 2]", 2, Tensor.floats("x", new long[] {4}, new float[4]), T);
        fault("input x has shape [0, 2], not [-1, 2]", 0, Tensor.floats("x", new long[] {0, 2}), T);
    }

    @Test
    void inputs_ofUnequalRows_areNamed() {
        fault("input t has 1 rows, not 2", 2, X, texts("t", "a"));
    }

    @Test
    void data_thatDoesNotFillItsShape_isNamed() {
        fault("input x asks for 4 elements", 2, Tensor.floats("x", new long[] {2, 2}, 1, 2, 3), T);
        fault("input x asks for 4 elements", 2, Tensor.floats("x", new long[] {2, 2}, 1, 2, 3, 4, 5), T);
        fault("input t asks for 2 elements", 2, X, Tensor.bytes("t", new long[] {2}, List.of(new byte[0])));
    }

    @Test
    void shape_whoseElementsOverflow_isNamed() {
        Signature wide = new Signature(
                List.of(spec("x", Datatype.FP32, -1, -1, -1)), List.of(spec("y", Datatype.FP32, -1)), List.of(), null);
        long huge = Long.MAX_VALUE / 2;

        assertThat(new InputGuard(wide).fault(List.of(Tensor.floats("x", new long[] {2, huge, huge})), 2))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("more elements than can be counted"));
        assertThat(new InputGuard(wide).fault(List.of(Tensor.floats("x", new long[] {2, 1L << 61, 1})), 2))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("asks for"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void number_thatIsNone_isRefusedWhereverItStands(float bad) {
        for (int i = 0; i < 4; i++) {
            float[] values = {1, Float.MAX_VALUE, -Float.MIN_VALUE, 0};
            values[i] = bad;
            fault("input x holds NaN or an infinity", 2, Tensor.floats("x", new long[] {2, 2}, values), T);
        }
    }

    @ParameterizedTest
    @CsvSource({"7c00,true", "fc00,true", "7e00,true", "7bff,false", "0001,false", "8000,false"})
    void halfPrecision_isToldByItsExponent(String hex, boolean refused) {
        assertThat(fault(Datatype.FP16, Integer.parseInt(hex, 16), Short.BYTES)).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "7ff0000000000000,true",
        "fff0000000000000,true",
        "7ff8000000000000,true",
        "7fefffffffffffff,false",
        "0000000000000001,false"
    })
    void doublePrecision_isToldByItsExponent(String hex, boolean refused) {
        assertThat(fault(Datatype.FP64, Long.parseUnsignedLong(hex, 16), Long.BYTES))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "2,true", "255,true"})
    void bool_isZeroOrOne(int value, boolean refused) {
        assertThat(fault(Datatype.BOOL, value, 1)).isEqualTo(refused);
    }

    @Test
    void text_thatIsNotUtf8_isRefusedEvenWhereTheModelDoesNotReadIt() {
        for (byte[] bad : List.of(
                new byte[] {(byte) 0xff}, new byte[] {'a', (byte) 0xc3}, new byte[] {(byte) 0xc0, (byte) 0x80})) {
            Tensor note = Tensor.bytes("note", new long[] {2}, List.of(new byte[0], bad));
            fault("input note holds BYTES that are not UTF-8", 2, X, T, note);
        }
    }

    private static boolean fault(Datatype datatype, long bits, int size) {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bits);
        Tensor tensor = new Tensor(
                "v",
                datatype,
                new long[] {1},
                new TensorData.Fixed(data.slice(0, size).order(ByteOrder.LITTLE_ENDIAN)));
        Signature signature =
                new Signature(List.of(spec("v", datatype, -1)), List.of(spec("y", Datatype.FP32, -1)), List.of(), null);
        return new InputGuard(signature).fault(List.of(tensor), 1).isPresent();
    }

    private void fault(String because, int rows, Tensor... inputs) {
        assertThat(guard.fault(List.of(inputs), rows))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith(because));
    }

    private static Tensor texts(String name, String... texts) {
        return Tensor.bytes(
                name,
                new long[] {texts.length},
                Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }
}
