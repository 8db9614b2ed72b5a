package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Ed25519Test {
    @Test
    void signature_ofTheRfc_isItsBytes() {
        // RFC 8032, section 7.1, TEST 3.
        PublicKey key = Ed25519.publicKey(
                HexFormat.of().parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
        KeyPair pair = TestKeys.of("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", key);
        byte[] message = {(byte) 0xaf, (byte) 0x82};
        byte[] signature = HexFormat.of()
                .parseHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

        assertThat(Ed25519.sign(pair.getPrivate(), message)).isEqualTo(signature);
        assertThat(Ed25519.verify(key, message, signature)).isTrue();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            assertThat(Ed25519.verify(key, message, Hostile.flip(signature, bit)))
                    .isFalse();
        }
        assertThat(Ed25519.verify(key, message, new byte[0])).isFalse();
        assertThat(Ed25519.verify(key, message, Arrays.copyOf(signature, 65))).isFalse();
    }

    @Property(tries = 300)
    void key_ofAnyBytes_isReadInItsOneEncodingOrRefused(@ForAll byte[] any, @ForAll long seed) {
        var bytes = new byte[32];
        new java.util.Random(seed).nextBytes(bytes);
        for (byte[] encoded : new byte[][] {any, bytes}) {
            try {
                assertThat(Ed25519.encode(Ed25519.publicKey(encoded))).isEqualTo(encoded);
            } catch (FormatException refused) {
                assertThat(refused).hasMessageContaining("public key");
            }
        }
    }

    @Test
    void key_ofAnotherKind_isRefused() throws NoSuchAlgorithmException {
        KeyPair other = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertThatThrownBy(() -> Ed25519.encode(other.getPublic())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ed25519.sign(other.getPrivate(), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Ed25519.verify(other.getPublic(), new byte[0], new byte[64])).isFalse();
    }
}
