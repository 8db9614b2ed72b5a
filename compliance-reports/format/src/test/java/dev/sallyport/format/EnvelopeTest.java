package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final String DIGEST = Sha256.hex(new byte[0]);

    @Test
    void envelope_encoded_isTheCanonicalFormOfTheSpecification() {
        var envelope = new Envelope(7, 1_763_890_200_123_456L, DIGEST);
        assertThat(envelope.encode())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"index\":7,\"record\":\"" + DIGEST + "\",\"sequencedAt\":1763890200123456,\"v\":1}");
        assertThat(Envelope.parse(envelope.encode())).isEqualTo(envelope);
    }

    @Test
    void parse_ofAnotherForm_isRefused() {
        String text = new String(new Envelope(7, 1, DIGEST).encode(), StandardCharsets.UTF_8);
        for (String other : new String[] {
            text.replace("\"v\":1", "\"v\":2"),
            text.replace(DIGEST, DIGEST.toUpperCase(Locale.ROOT)),
            text.replace(":7", ":-7"),
            text.replace(":7", ":07"),
            text.replace(":7", ":"),
            text.replace(":7", ":9007199254740992"),
            text.replace(":7", ":18446744073709551616"),
            text.replace(":7", ":7.0"),
            text.replace("\"v\":1", "\"v\":01"),
            text.replace(DIGEST, DIGEST.substring(1)),
            text.replace(DIGEST, DIGEST + "0"),
            text.substring(0, text.length() - 1),
            text + " ",
            " " + text,
            ""
        }) {
            assertThatThrownBy(() -> Envelope.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void parse_ofTheGreatestNumbers_readsThem() {
        var envelope = new Envelope(JsonValue.MAX_INTEGER, JsonValue.MAX_INTEGER, DIGEST);
        assertThat(Envelope.parse(envelope.encode())).isEqualTo(envelope);
        assertThat(Envelope.parse(new Envelope(0, 0, DIGEST).encode())).isEqualTo(new Envelope(0, 0, DIGEST));
    }

    /** The general reader of JSON as the reference: what is read is written again and compared. */
    @Property(tries = 4_000)
    void parse_ofHostileBytes_takesWhatTheGeneralReaderTakes(@ForAll("hostile") byte[] bytes) {
        boolean canonical;
        try {
            var r = new JsonReader(CanonicalJson.parse(bytes), "envelope");
            var read = new Envelope(r.integer("index"), r.integer("sequencedAt"), r.text("record"));
            canonical = Arrays.equals(read.encode(), bytes);
        } catch (IllegalArgumentException | FormatException e) {
            canonical = false;
        }
        if (canonical) {
            assertThat(Envelope.parse(bytes).encode()).isEqualTo(bytes);
        } else {
            assertThatThrownBy(() -> Envelope.parse(bytes)).isInstanceOf(FormatException.class);
        }
    }

    @Provide
    Arbitrary<byte[]> hostile() {
        return Hostile.around(new Envelope(7, 1_763_890_200_123_456L, DIGEST).encode());
    }

    @Test
    void saltedHash_isTheOneOfTheSpecification() {
        var salt = new byte[16];
        byte[] hashed = "subject.age\00042".getBytes(StandardCharsets.UTF_8);
        var all = new byte[16 + hashed.length];
        System.arraycopy(hashed, 0, all, 16, hashed.length);
        assertThat(SaltedHash.of(salt, "subject.age", "42")).isEqualTo(Sha256.hex(all));
        assertThatThrownBy(() -> SaltedHash.of(new byte[15], "a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
