package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JBool;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.write(CanonicalJson.parse(utf8(json))), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return values(4);
    }

    // Bounded in depth: a value that may nest without end sometimes fills the heap.
    private static Arbitrary<JsonValue> values(int depth) {
        Arbitrary<String> text = Arbitraries.strings()
                .all()
                .ofMaxLength(12)
                .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
        Arbitrary<JsonValue> simple = Arbitraries.oneOf(
                text.map(JString::new),
                Arbitraries.longs()
                        .between(-JsonValue.MAX_INTEGER, JsonValue.MAX_INTEGER)
                        .map(JInt::new),
                Arbitraries.of(true, false).map(JBool::new));
        return depth == 0
                ? simple
                : Arbitraries.oneOf(
                        simple,
                        values(depth - 1).list().ofMaxSize(4).map(JArray::new),
                        Arbitraries.maps(text, values(depth - 1)).ofMaxSize(4).map(JObject::of));
    }

    // The edge cases of nested values multiply until they fill the heap.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void value_writtenAndRead_isTheSame(@ForAll("values") JsonValue value) {
        assertThat(CanonicalJson.parseCanonical(CanonicalJson.write(value))).isEqualTo(value);
    }

    @Test
    void members_areSortedByUtf16NotByCodePoint() {
        // RFC 8785, section 3.2.3.
        assertThat(
                        canonical(
                                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @Test
    void text_isEscapedAsLittleAsCanBe() {
        assertThat(canonical("\"\\u0000\\u001F\\u0008\\u0022\\/\\u00e9\\u007f\""))
                .isEqualTo("\"\\u0000\\u001f\\b\\\"/é\u007f\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"a\":null}",
                "1.0",
                "1e3",
                "-0",
                "01",
                "+1",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "'a'",
                "\"\t\"",
                "\"\\x\"",
                "\"\\ud800\"",
                "\"\\u00zz\"",
                "\"a",
                "tru",
                "1 1",
                "{\"a\"}",
                "-",
                "[",
                "NaN"
            })
    void parse_ofWhatIsNotOfTheForm_isRefused(String json) {
        assertThatThrownBy(() -> CanonicalJson.parse(utf8(json))).isInstanceOf(FormatException.class);
    }

    @Test
    void parse_ofBadUtf8OrTooDeep_isRefused() {
        assertThatThrownBy(() -> CanonicalJson.parse(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> CanonicalJson.parse(utf8("[".repeat(10_000)))).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" 1", "{\"b\":1,\"a\":1}", "[1, 2]", "\"\\u0041\"", "\"\\/\"", "\"\\u000a\""})
    void parseCanonical_ofAnotherLayout_isRefused(String json) {
        assertThat(CanonicalJson.parse(utf8(json))).isNotNull();
        assertThatThrownBy(() -> CanonicalJson.parseCanonical(utf8(json))).isInstanceOf(FormatException.class);
    }

    @Test
    void integers_atTheirBounds_areKept() {
        assertThat(canonical("[9007199254740991,-9007199254740991,0,10,-1]"))
                .isEqualTo("[9007199254740991,-9007199254740991,0,10,-1]");
    }
}
