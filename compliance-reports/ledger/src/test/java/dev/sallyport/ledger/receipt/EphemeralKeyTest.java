package dev.sallyport.ledger.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Ed25519;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What Bouncy Castle signs, the JDK verifies. */
class EphemeralKeyTest {
    private static final EphemeralKey KEY = new EphemeralKey();
    private static final EphemeralKey ANOTHER = new EphemeralKey();

    @Property(tries = 200)
    void jdkVerifiesItsSignatures(@ForAll byte[] message) {
        byte[] signature = KEY.sign(message);
        assertThat(Ed25519.verify(KEY.publicKey(), message, signature)).isTrue();
        assertThat(Ed25519.verify(ANOTHER.publicKey(), message, signature)).isFalse();
        byte[] longer = Arrays.copyOf(message, message.length + 1);
        assertThat(Ed25519.verify(KEY.publicKey(), longer, signature)).isFalse();
    }
}
