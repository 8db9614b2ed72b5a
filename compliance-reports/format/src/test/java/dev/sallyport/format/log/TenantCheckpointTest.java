package dev.sallyport.format.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.log.TenantVerdict.CheckpointRefused;
import dev.sallyport.format.log.TenantVerdict.Malformed;
import dev.sallyport.format.log.TenantVerdict.NotInPlatformLog;
import dev.sallyport.format.log.TenantVerdict.NotInRound;
import dev.sallyport.format.log.TenantVerdict.OtherTenant;
import dev.sallyport.format.log.TenantVerdict.Valid;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantCheckpointTest {
    private final List<VerifierKey> known = List.of(Logs.key("log"));
    private final SignedNote note = Logs.checkpoint().sign(List.of(Logs.signer("log")));
    private final TenantCheckpoint acme = Logs.tenant("acme", note);

    private TenantVerdict verify(TenantCheckpoint checkpoint) {
        return TenantCheckpoint.verify(checkpoint.encode(), "acme", known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "beta-2", "platform"})
    void checkpoint_withAnyBitChanged_isRefused(String tenant) {
        byte[] bytes = Logs.tenant(tenant, note).encode();
        assertThat(TenantCheckpoint.verify(bytes, tenant, known)).isInstanceOf(Valid.class);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            assertThat(TenantCheckpoint.verify(Hostile.flip(bytes, bit), tenant, known))
                    .isNotInstanceOf(Valid.class);
        }
    }

    @Test
    void checkpoint_withEveryNumberMoved_isRefusedForItsReason() {
        TreeHead head = acme.leaf().head();
        RoundEntry e = acme.entry();
        for (int by = 1; by < 70; by++) {
            assertThat(verify(with(new RoundLeaf("acme", new TreeHead(head.size() + by, head.root())))))
                    .isInstanceOf(NotInRound.class);
            assertThat(verify(with(new InclusionProof(by, acme.round().path()))))
                    .isInstanceOf(NotInRound.class);
            for (RoundEntry other : List.of(
                    new RoundEntry(e.index() + by, e.sequencedAt(), e.tenants(), e.root()),
                    new RoundEntry(e.index(), e.sequencedAt() + by, e.tenants(), e.root()),
                    new RoundEntry(e.index(), e.sequencedAt(), e.tenants() + by, e.root()),
                    new RoundEntry(e.index(), e.sequencedAt(), e.tenants(), Hash.EMPTY_TREE))) {
                assertThat(verify(new TenantCheckpoint(acme.leaf(), acme.round(), other, acme.entryPath(), note)))
                        .isInstanceOf(NotInPlatformLog.class);
            }
        }
    }

    private TenantCheckpoint with(RoundLeaf leaf) {
        return new TenantCheckpoint(leaf, acme.round(), acme.entry(), acme.entryPath(), note);
    }

    private TenantCheckpoint with(InclusionProof round) {
        return new TenantCheckpoint(acme.leaf(), round, acme.entry(), acme.entryPath(), note);
    }

    @Test
    void checkpoint_ofAnotherTenantOrLog_isRefused() {
        byte[] bytes = acme.encode();
        assertThat(TenantCheckpoint.verify(bytes, "beta-2", known)).isEqualTo(new OtherTenant("acme"));
        assertThat(TenantCheckpoint.verify(bytes, "acme", List.of(Logs.key("next"))))
                .isInstanceOf(CheckpointRefused.class);
        RoundLeaf renamed = new RoundLeaf("beta-2", acme.leaf().head());
        assertThat(TenantCheckpoint.verify(with(renamed).encode(), "beta-2", known))
                .isInstanceOf(NotInRound.class);
    }

    @Test
    void checkpoint_withAnOlderEntry_isOfThatEntry() {
        RoundEntry older = Logs.entries().get(3);
        assertThat(verify(new TenantCheckpoint(acme.leaf(), acme.round(), older, acme.entryPath(), note)))
                .isInstanceOf(NotInPlatformLog.class);
    }

    @Provide
    Arbitrary<byte[]> checkpoints() {
        return Hostile.around(acme.encode());
    }

    @Property
    void verify_ofAnyBytes_answers(@ForAll("checkpoints") byte[] bytes) {
        TenantVerdict verdict = TenantCheckpoint.verify(bytes, "acme", known);
        if (verdict instanceof Valid) {
            assertThat(bytes).isEqualTo(acme.encode());
        } else if (verdict instanceof Malformed(String why)) {
            assertThat(why).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<byte[]> entries() {
        return Hostile.around(acme.entry().encode());
    }

    @Property
    void entry_ofAnyBytes_isReadExactlyOrRefused(@ForAll("entries") byte[] bytes) {
        try {
            assertThat(RoundEntry.parse(bytes).encode()).isEqualTo(bytes);
        } catch (FormatException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<byte[]> leaves() {
        return Hostile.around(acme.leaf().encode());
    }

    @Property
    void leaf_ofAnyBytes_isReadExactlyOrRefused(@ForAll("leaves") byte[] bytes) {
        try {
            assertThat(RoundLeaf.parse(bytes).encode()).isEqualTo(bytes);
        } catch (FormatException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Test
    void parse_withMoreOrLess_isRefused() {
        String text = new String(acme.encode(), StandardCharsets.UTF_8);
        for (String other : List.of(
                text.replace(",\"v\":1}", ",\"v\":2}"),
                text.replace("{\"checkpoint\"", "{\"a\":1,\"checkpoint\""),
                text.replace("\"leafIndex\":0", "\"leafIndex\":-1"),
                text.replace("\"tenants\":3", "\"tenants\":0"),
                text.replace("\"leafPath\":[", "\"leafPath\":[\"\","),
                " " + text)) {
            assertThat(other).isNotEqualTo(text);
            assertThatThrownBy(() -> TenantCheckpoint.parse(Logs.utf8(other))).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void roundTree_ofLeavesThatDoNotAscend_isRefused() {
        List<RoundLeaf> leaves = Logs.leaves();
        for (List<RoundLeaf> other : List.of(
                List.<RoundLeaf>of(), List.of(leaves.get(0), leaves.get(0)), List.of(leaves.get(1), leaves.get(0)))) {
            assertThatThrownBy(() -> new RoundTree(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new RoundTree(leaves).inclusion("nobody"))
                .isInstanceOf(IllegalArgumentException.class);
        for (String tenant : new String[] {"", "A", "-a", "a-", "a".repeat(64), "a b"}) {
            assertThatThrownBy(() -> new RoundLeaf(tenant, TreeHead.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
