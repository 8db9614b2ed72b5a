package dev.sallyport.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.TestKeys;
import dev.sallyport.format.log.NoteVerdict.BadSignature;
import dev.sallyport.format.log.NoteVerdict.NoKnownKey;
import dev.sallyport.format.log.NoteVerdict.Signed;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final String VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String BLOB =
            "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
    private static final String NOTE = "This is an example message.\n\n\u2014 example.com/foo " + BLOB + "\n";

    private final VerifierKey key = VerifierKey.parse(VKEY);

    @Test
    void note_ofTheSpecification_verifies() {
        SignedNote note = SignedNote.parse(Logs.utf8(NOTE));
        assertThat(note.verify(List.of(key))).isEqualTo(new Signed(List.of(key)));
        assertThat(note.encode()).isEqualTo(Logs.utf8(NOTE));
        assertThat(key.encode()).isEqualTo(VKEY);
    }

    @Test
    void note_withAnyBitChanged_isRefused() {
        byte[] bytes = Logs.utf8(NOTE);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            try {
                assertThat(SignedNote.parse(Hostile.flip(bytes, bit)).verify(List.of(key)))
                        .isNotInstanceOf(Signed.class);
            } catch (FormatException refused) {
                assertThat(refused).hasMessageContaining("a ");
            }
        }
    }

    @Test
    void signatures_ofUnknownKeys_areIgnored() {
        var other = new LogSigner("example.com/foo", TestKeys.fresh());
        SignedNote note = SignedNote.parse(Logs.utf8(NOTE));
        SignedNote both = note.with(other.sign(note.text()));
        assertThat(both.verify(List.of(key))).isEqualTo(new Signed(List.of(key)));
        assertThat(both.verify(List.of(other.verifier()))).isEqualTo(new Signed(List.of(other.verifier())));
        assertThat(both.verify(List.of(key, other.verifier()))).isEqualTo(new Signed(List.of(key, other.verifier())));
        assertThat(note.verify(List.of(other.verifier()))).isEqualTo(new NoKnownKey());
        assertThat(note.verify(List.of())).isEqualTo(new NoKnownKey());
    }

    @Test
    void signature_ofAKnownKeyOverAnotherText_spoilsTheNote() {
        var other = new LogSigner("witness.example", TestKeys.fresh());
        SignedNote note = SignedNote.parse(Logs.utf8(NOTE)).with(other.sign("another text\n"));
        assertThat(note.verify(List.of(key, other.verifier()))).isEqualTo(new BadSignature(other.verifier()));
        assertThat(note.verify(List.of(key))).isEqualTo(new Signed(List.of(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n",
                "text\n\n",
                "text\n\nB",
                "text\n\n\u2014 a B\n",
                "text\n\n\u2014 a Uw2QOg==\n",
                "text\n\n\u2014 a Uw2QOkk\n",
                "text\n\n\u2014 a Uw2QOkl=\n",
                "text\n\n\u2014 a Uw2QOkk= \n",
                "text\n\n\u2014  a Uw2QOkk=\n",
                "text\n\n\u2014 a+b Uw2QOkk=\n",
                "text\n\n\u2014 a\u00a0b Uw2QOkk=\n",
                "text\n\n\u2014 a\u0085b Uw2QOkk=\n",
                "text\n\n- a Uw2QOkk=\n",
                "text\n\n\u2014 a Uw2QOkk=",
                "text\r\n\n\u2014 a Uw2QOkk=\n",
                "te\u0000xt\n\n\u2014 a Uw2QOkk=\n",
                "text\n\u2014 a Uw2QOkk=\n"
            })
    void parse_ofWhatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(Logs.utf8(text))).isInstanceOf(FormatException.class);
    }

    @Test
    void parse_ofTextWithEmptyLines_takesTheLastAsTheEnd() {
        SignedNote note = SignedNote.parse(Logs.utf8("\n\ntext\n\n\u2014 a Uw2QOkk=\n"));
        assertThat(note.text()).isEqualTo("\n\ntext\n");
        assertThat(note.signatures()).extracting(SignedNote.Line::name).containsExactly("a");
        assertThat(note.signatures().getFirst().keyId()).isEqualTo(0x530d903a);
    }

    @Test
    void parse_ofTooMuch_isRefused() {
        String line = "\u2014 a Uw2QOkk=\n";
        assertThat(SignedNote.parse(Logs.utf8("text\n\n" + line.repeat(64))).signatures())
                .hasSize(64);
        assertThatThrownBy(() -> SignedNote.parse(Logs.utf8("text\n\n" + line.repeat(65))))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> SignedNote.parse(Logs.utf8("x".repeat(SignedNote.MAX_BYTES) + "\n\n" + line)))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xC3, '\n', '\n'}))
                .isInstanceOf(FormatException.class);
        var one = new SignedNote.Line("a", "Uw2QOkk=");
        assertThatThrownBy(() -> new SignedNote("text\n", Collections.nCopies(65, one)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedNote("text", List.of(one))).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<byte[]> notes() {
        return Hostile.around(Logs.utf8(NOTE));
    }

    @Property
    void note_ofAnyBytes_isReadExactlyOrRefused(@ForAll("notes") byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            assertThat(note.encode()).isEqualTo(bytes);
            assertThat(note.verify(List.of(key))).isNotNull();
        } catch (FormatException refused) {
            assertThat(refused).hasMessageContaining("a ");
        }
    }

    @Provide
    Arbitrary<String> vkeys() {
        return Hostile.around(VKEY);
    }

    @Property
    void key_ofAnyText_isReadExactlyOrRefused(@ForAll("vkeys") String text) {
        try {
            assertThat(VerifierKey.parse(text).encode()).isEqualTo(text);
        } catch (FormatException refused) {
            assertThat(refused).hasMessageContaining("key");
        }
    }

    @Test
    void key_ofAnotherForm_isRefused() {
        for (String other : new String[] {
            VKEY.replace("530d903a", "530d903b"),
            VKEY.replace("530d903a", "530D903A".toUpperCase(Locale.ROOT)),
            VKEY.replace("example", "exbmple"),
            VKEY.replace("+AekyeRrm", "+Auk"),
            "example.com/foo",
            "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        }) {
            assertThatThrownBy(() -> VerifierKey.parse(other)).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> new VerifierKey("a b", key.key())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signer_ofKeysThatAreNoPair_isRefused() {
        var mixed = new java.security.KeyPair(
                TestKeys.fresh().getPublic(), TestKeys.fresh().getPrivate());
        assertThatThrownBy(() -> new LogSigner("a", mixed)).isInstanceOf(IllegalArgumentException.class);
    }
}
