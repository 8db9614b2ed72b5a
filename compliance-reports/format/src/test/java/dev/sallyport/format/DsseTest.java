package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class DsseTest {
    private static final String TYPE = "application/vnd.sallyport.test+json";
    private static final byte[] PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);

    private static KeyPair keys() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void pae_ofTheSpecificationsExample_isItsBytes() {
        assertThat(Dsse.pae("http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void envelope_signedEncodedAndRead_verifies() throws Exception {
        KeyPair pair = keys();

        Dsse read = Dsse.parse(Dsse.sign(TYPE, PAYLOAD, "k1", pair.getPrivate()).encode());

        assertThat(read.verify(TYPE, pair.getPublic())).isTrue();
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(read.signatures()).extracting(Dsse.Signed::keyid).containsExactly("k1");
        assertThat(read.verify(TYPE, keys().getPublic())).isFalse();
        assertThat(read.verify("application/other", pair.getPublic())).isFalse();
    }

    @Test
    void envelope_withAnotherPayload_doesNotVerify() throws Exception {
        KeyPair pair = keys();
        String envelope =
                new String(Dsse.sign(TYPE, PAYLOAD, "k1", pair.getPrivate()).encode(), StandardCharsets.UTF_8);

        Dsse forged = Dsse.parse(envelope.replace("\"e30=\"", "\"W10=\"").getBytes(StandardCharsets.UTF_8));

        assertThat(forged.payload()).asString(StandardCharsets.UTF_8).isEqualTo("[]");
        assertThat(forged.verify(TYPE, pair.getPublic())).isFalse();
    }

    @Test
    void parse_ofWhatIsNone_isRefused() {
        assertThatThrownBy(() -> Dsse.parse("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FormatException.class);
    }
}
