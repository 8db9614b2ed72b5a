package dev.sallyport.api.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberScannerTest {
    private static NumberScanner scan(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NumberScanner number = new NumberScanner(bytes, bytes.length);
        assertThat(number.scan(0)).as(text).isEqualTo(bytes.length);
        return number;
    }

    private static void checkBoth(String text) {
        NumberScanner number = scan(text);
        assertThat(number.asDouble()).as(text).isEqualTo(Double.parseDouble(text));
        assertThat(number.asFloat()).as(text).isEqualTo(Float.parseFloat(text));
    }

    @Test
    void number_anyFloatInManyForms_isReadAsTheJdkReadsIt() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(value)) {
                continue;
            }
            checkBoth(Float.toString(value));
            checkBoth(Double.toString(value));
            checkBoth(Double.toString(random.nextGaussian()));
            checkBoth(random.nextInt(1_000_000) + "." + random.nextInt(1_000_000));
            checkBoth(random.nextLong() + "e" + (random.nextInt(80) - 40));
        }
    }

    @Test
    void number_nearTheMiddleOfTwoFloats_isRoundedOnce() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            float value = Math.abs(random.nextFloat() * 1000);
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value)))
                    .divide(BigDecimal.TWO);
            String text = middle.toPlainString();
            for (int digits : new int[] {10, 14, 17, 18, text.length()}) {
                checkBoth(text.substring(0, Math.min(digits, text.length())));
            }
            checkBoth(text + "1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0e99999999999",
                "1E+2",
                "1e-400",
                "1e400",
                "3.4028235e38",
                "3.4028236e38",
                "1.17549435E-38",
                "1.4e-45",
                "7e-46",
                "4.9e-324",
                "9007199254740993",
                "18446744073709551615",
                "123456789012345678901234567890",
                "0.000000000000000000000000000000000000001",
                "16777217",
                "16777217.000000001",
                "0.1",
                "1e22",
                "1e23"
            })
    void number_edge_isReadAsTheJdkReadsIt(String text) {
        checkBoth(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "01", "-01", "1.", ".5", "1e", "1e+", "+1", "NaN", "Infinity", "-Infinity", "0x1"})
    void number_notJson_isRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NumberScanner number = new NumberScanner(bytes, bytes.length);
        if (text.equals("0x1")) {
            assertThat(number.scan(0)).as("stops before the x").isEqualTo(1);
        } else {
            assertThatThrownBy(() -> number.scan(0)).isInstanceOf(MalformedRequest.class);
        }
    }

    @Test
    void number_longerThanTheBound_isRefused() {
        byte[] bytes = "9".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new NumberScanner(bytes, bytes.length).scan(0)).hasMessageContaining("longer than");
    }
}
