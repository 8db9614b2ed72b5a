package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
            " " + text
        }) {
            assertThatThrownBy(() -> Envelope.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(FormatException.class);
        }
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
