package dev.sallyport.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.LogVectors;
import dev.sallyport.format.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of an implementation in another language: the code under test writes and accepts the same bytes. */
class LogVectorsTest {
    private final LogVectors vectors = Logs.VECTORS;

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void envelopes_haveTheLeaves() {
        for (LogVectors v : vectors.list("envelopes")) {
            byte[] bytes = Envelope.parse(Logs.utf8(v.text("bytes"))).encode();
            assertThat(Hash.leaf(bytes)).hasToString(v.text("leaf"));
        }
    }

    @Test
    void keys_areWrittenAsTheyAreRead() {
        for (String name : List.of("log", "next", "witness")) {
            assertThat(Logs.signer(name).verifier().encode())
                    .isEqualTo(vectors.at("vkeys").text(name));
        }
    }

    @Test
    void rounds_areTheVectors() {
        assertThat(Logs.leaves()).extracting(l -> text(l.encode())).isEqualTo(vectors.texts("roundLeaves"));
        assertThat(Logs.entries()).extracting(e -> text(e.encode())).isEqualTo(vectors.texts("roundEntries"));
        for (RoundLeaf leaf : Logs.leaves()) {
            assertThat(RoundLeaf.parse(leaf.encode())).isEqualTo(leaf);
        }
        for (RoundEntry entry : Logs.entries()) {
            assertThat(RoundEntry.parse(entry.encode())).isEqualTo(entry);
        }
    }

    @Test
    void checkpoint_signedByThree_isTheVector() {
        assertThat(Logs.checkpoint().text()).isEqualTo(vectors.text("checkpoint"));
        SignedNote note = Logs.checkpoint()
                .sign(List.of(Logs.signer("log"), Logs.signer("next")))
                .with(Logs.signer("witness").sign(Logs.checkpoint().text()));
        assertThat(text(note.encode())).isEqualTo(vectors.text("note"));
        assertThat(SignedNote.parse(note.encode())).isEqualTo(note);
    }

    @Test
    void tenantCheckpoints_areTheVectorsAndHold() {
        var note = SignedNote.parse(Logs.utf8(vectors.text("note")));
        for (LogVectors v : vectors.list("tenants")) {
            String tenant = v.text("tenant");
            byte[] bytes = Logs.utf8(v.text("checkpoint"));
            TenantCheckpoint made = Logs.tenant(tenant, note);
            assertThat(text(made.encode())).isEqualTo(v.text("checkpoint"));
            assertThat(TenantCheckpoint.parse(bytes)).isEqualTo(made);
            assertThat(TenantCheckpoint.verify(bytes, tenant, List.of(Logs.key("log"))))
                    .isEqualTo(new TenantVerdict.Valid(
                            made.leaf(), made.entry(), Logs.checkpoint(), List.of(Logs.key("log"))));
        }
    }
}
