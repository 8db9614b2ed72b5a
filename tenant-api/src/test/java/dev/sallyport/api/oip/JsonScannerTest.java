package dev.sallyport.api.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonScannerTest {
    private static final String SAMPLE =
            "{\"a\":[1,2.5e3,-0,true,false,null],\"b\\u00e9\":{\"c\":\"x\\n\\ud83d\\ude00é\",\"d\":[[],{}]}}";

    private static JsonScanner over(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new JsonScanner(bytes, bytes.length);
    }

    private static boolean accepted(String text) {
        try {
            JsonScanner json = over(text);
            json.skipValue();
            return json.ended();
        } catch (MalformedRequest e) {
            return false;
        }
    }

    private static boolean acceptedByJackson(String text) {
        try {
            Json.decodeValue(text);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    @Test
    void value_mutatedAtRandom_isAcceptedExactlyWhenJacksonAcceptsIt() {
        Random random = new Random(1);
        String alphabet = "{}[],:\"\\0123e.-+ tfnu";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char other = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, other);
                    default -> text.setCharAt(at, other);
                }
            }
            String json = text.toString();
            if (!unpaired(json)) {
                assertThat(accepted(json)).as(json).isEqualTo(acceptedByJackson(json));
            }
        }
    }

    /** Jackson lets unpaired surrogates pass; we do not. */
    private static boolean unpaired(String json) {
        return acceptedByJackson(json) && !accepted(json) && json.contains("\\u");
    }

    @Test
    void string_withEveryEscape_isWhatJacksonReads() {
        String json = "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u4e16\\ud83d\\ude00 é世😀\"]";
        JsonScanner scanner = over(json);
        scanner.expect('[');
        assertThat(scanner.string()).isEqualTo(new JsonArray(json).getString(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ud83dx\"",
                "\"\\ud83d\\u0041\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a"
            })
    void string_malformed_isRefused(String json) {
        assertThatThrownBy(() -> over(json).string()).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void string_notUtf8_isRefused() {
        byte[] bytes = {'"', (byte) 0xC3, '"'};
        assertThatThrownBy(() -> new JsonScanner(bytes, 3).string()).hasMessageContaining("UTF-8");
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> new JsonScanner(overlong, 4).string()).hasMessageContaining("UTF-8");
    }

    @Test
    void value_nestedTenThousandDeep_isRefusedWithoutStack() {
        assertThatThrownBy(() -> over("[".repeat(10_000) + "]".repeat(10_000)).skipValue())
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> over("{\"a\":".repeat(10_000)).skipValue()).hasMessageContaining("nested deeper");
    }

    @Test
    void end_lastByteIs0xFF_isNotTakenForTheEnd() {
        byte[] bytes = {'1', (byte) 0xFF};
        JsonScanner json = new JsonScanner(bytes, 2);
        json.skipValue();
        assertThat(json.ended()).isFalse();
    }
}
