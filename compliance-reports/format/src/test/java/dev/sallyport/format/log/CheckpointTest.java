package dev.sallyport.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.TestKeys;
import dev.sallyport.format.log.CheckpointVerdict.BadSignature;
import dev.sallyport.format.log.CheckpointVerdict.Malformed;
import dev.sallyport.format.log.CheckpointVerdict.NoKnownKey;
import dev.sallyport.format.log.CheckpointVerdict.Valid;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.TreeHead;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private final LogSigner signer = Logs.signer("log");
    private final List<VerifierKey> known = List.of(signer.verifier());

    @Test
    void checkpoint_signed_isValid() {
        byte[] note = Logs.checkpoint().sign(List.of(signer)).encode();
        assertThat(Checkpoint.verify(note, known)).isEqualTo(new Valid(Logs.checkpoint(), known));
    }

    @Test
    void checkpoint_withAnyBitChanged_isRefused() {
        byte[] note = Logs.checkpoint().sign(List.of(signer)).encode();
        for (int bit = 0; bit < note.length * 8; bit++) {
            assertThat(Checkpoint.verify(Hostile.flip(note, bit), known)).isNotInstanceOf(Valid.class);
        }
    }

    @Test
    void checkpoint_whileAKeyIsReplaced_isValidByEither() {
        byte[] note = Logs.utf8(Logs.VECTORS.text("note"));
        for (String name : List.of("log", "next")) {
            List<VerifierKey> keys = List.of(Logs.key(name));
            assertThat(Checkpoint.verify(note, keys)).isEqualTo(new Valid(Logs.checkpoint(), keys));
        }
    }

    @Test
    void checkpoint_signedByAWitnessAlone_isNotTheLogs() {
        LogSigner witness = Logs.signer("witness");
        byte[] note = Logs.checkpoint().sign(List.of(witness)).encode();
        assertThat(Checkpoint.verify(note, List.of(witness.verifier(), signer.verifier())))
                .isEqualTo(new NoKnownKey(Logs.checkpoint().origin()));
    }

    @Test
    void checkpoint_ofAnotherTreeUnderThisSignature_isRefused() {
        SignedNote note = Logs.checkpoint().sign(List.of(signer));
        var other = new Checkpoint(signer.verifier().name(), new TreeHead(6, Hash.EMPTY_TREE));
        assertThat(Checkpoint.verify(new SignedNote(other.text(), note.signatures()).encode(), known))
                .isEqualTo(new BadSignature(signer.verifier()));
        var stranger = new LogSigner(signer.verifier().name(), TestKeys.fresh());
        assertThat(Checkpoint.verify(other.sign(List.of(stranger)).encode(), known))
                .isInstanceOf(NoKnownKey.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20_852_163, (1L << 62) - 1, 1L << 62})
    void text_writtenAndRead_isTheSame(long size) {
        var checkpoint = new Checkpoint("example.com/behind-the-sofa", new TreeHead(size, Hash.EMPTY_TREE));
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void text_ofTheSpecificationsExample_isItsBytes() {
        String text = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
        assertThat(Checkpoint.parse(text).head().size()).isEqualTo(20_852_163);
        assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o\n1\n",
                "o\n1\nR",
                "\n1\nR\n",
                "o\n01\nR\n",
                "o\n+1\nR\n",
                "o\n-1\nR\n",
                "o\n1 \nR\n",
                "o\n\u0661\nR\n",
                "o\n4611686018427387905\nR\n",
                "o\n9223372036854775808\nR\n",
                "o\n9999999999999999999\nR\n",
                "o\n18446744073709551617\nR\n",
                "o\n1\nR\nextension\n",
                "o o\n1\nR\n",
                "o+o\n1\nR\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "o\n1\nAAAA\n"
            })
    void parse_ofWhatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text.replace("R", ROOT))).isInstanceOf(FormatException.class);
    }

    @Provide
    Arbitrary<byte[]> notes() {
        return Hostile.around(Logs.checkpoint().sign(List.of(signer)).encode());
    }

    @Property
    void verify_ofAnyBytes_answers(@ForAll("notes") byte[] bytes) {
        switch (Checkpoint.verify(bytes, known)) {
            case Valid(Checkpoint checkpoint, List<VerifierKey> by) ->
                assertThat(checkpoint).isEqualTo(Logs.checkpoint());
            case Malformed(String why) -> assertThat(why).isNotEmpty();
            case NoKnownKey(String origin) -> assertThat(origin).isNotEmpty();
            case BadSignature(VerifierKey key) -> assertThat(known).contains(key);
        }
    }
}
