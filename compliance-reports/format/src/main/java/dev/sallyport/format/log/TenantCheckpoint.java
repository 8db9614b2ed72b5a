package dev.sallyport.format.log;

import dev.sallyport.format.CanonicalJson;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonReader;
import dev.sallyport.format.JsonValue;
import dev.sallyport.format.JsonValue.JArray;
import dev.sallyport.format.JsonValue.JInt;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.log.TenantVerdict.CheckpointRefused;
import dev.sallyport.format.log.TenantVerdict.Malformed;
import dev.sallyport.format.log.TenantVerdict.NotInPlatformLog;
import dev.sallyport.format.log.TenantVerdict.NotInRound;
import dev.sallyport.format.log.TenantVerdict.OtherTenant;
import dev.sallyport.format.log.TenantVerdict.Valid;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.ProofVerdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant's tree as the log has signed it: the tenant's leaf, its path in the round tree, the round's entry, its path
 * in the platform log, and the one checkpoint that is signed.
 *
 * @param leaf the tenant's size and root
 * @param round the leaf's place and path in the round tree
 * @param entry the round's entry, whose index is its place in the platform log
 * @param entryPath the entry's path in the platform log; copied
 * @param note the signed checkpoint of the platform log
 */
public record TenantCheckpoint(
        RoundLeaf leaf, InclusionProof round, RoundEntry entry, List<Hash> entryPath, SignedNote note) {
    /** The version of the form. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if the leaf's place is out of bounds: 0 to 2^53 − 1 */
    public TenantCheckpoint {
        entryPath = List.copyOf(entryPath);
        if (round.index() < 0 || round.index() > JsonValue.MAX_INTEGER) {
            throw new IllegalArgumentException("a leaf's place in the round tree is 0 to 2^53 - 1");
        }
    }

    /** Returns the canonical bytes. */
    public byte[] encode() {
        var members = new HashMap<String, JsonValue>(Map.of(
                "checkpoint", new JString(new String(note.encode(), StandardCharsets.UTF_8)),
                "entry", entry.json(),
                "leaf", leaf.json(),
                "leafIndex", new JInt(round.index()),
                "v", new JInt(VERSION)));
        putPath(members, "entryPath", entryPath);
        putPath(members, "leafPath", round.path());
        return CanonicalJson.write(JObject.of(members));
    }

    private static void putPath(Map<String, JsonValue> members, String name, List<Hash> path) {
        if (!path.isEmpty()) {
            members.put(name, JArray.ofStrings(path.stream().map(Hash::toString).toList()));
        }
    }

    /**
     * Reads a tenant's checkpoint. Nothing in it may be believed before it is verified.
     *
     * @throws FormatException if the bytes are not exactly those of one of version 1
     */
    public static TenantCheckpoint parse(byte[] bytes) {
        var r = new JsonReader(CanonicalJson.parse(bytes), "tenant checkpoint");
        SignedNote note = SignedNote.parse(r.text("checkpoint").getBytes(StandardCharsets.UTF_8));
        RoundEntry entry = r.object("entry", RoundEntry::read);
        RoundLeaf leaf = r.object("leaf", RoundLeaf::read);
        var round = new InclusionProof(r.integer("leafIndex"), path(r, "leafPath"));
        TenantCheckpoint checkpoint;
        try {
            checkpoint = new TenantCheckpoint(leaf, round, entry, path(r, "entryPath"), note);
        } catch (IllegalArgumentException e) {
            throw new FormatException("not a tenant's checkpoint of version 1: " + e.getMessage());
        }
        if (!Arrays.equals(checkpoint.encode(), bytes)) {
            throw new FormatException("not the canonical form of a tenant's checkpoint of version 1");
        }
        return checkpoint;
    }

    private static List<Hash> path(JsonReader r, String name) {
        return r.texts(name).stream().map(Hash::parse).toList();
    }

    /**
     * Checks a tenant's checkpoint. Never throws.
     *
     * @param bytes the canonical bytes, whatever they are
     * @param tenant whose it should be
     * @param logKeys the platform log's keys that the reader trusts
     */
    public static TenantVerdict verify(byte[] bytes, String tenant, Collection<VerifierKey> logKeys) {
        TenantCheckpoint checkpoint;
        try {
            checkpoint = parse(bytes);
        } catch (FormatException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
        if (!checkpoint.leaf.tenant().equals(tenant)) {
            return new OtherTenant(checkpoint.leaf.tenant());
        }
        return switch (Checkpoint.verify(checkpoint.note.encode(), logKeys)) {
            case CheckpointVerdict.Valid(Checkpoint platform, List<VerifierKey> by) -> checkpoint.under(platform, by);
            case CheckpointVerdict refused -> new CheckpointRefused(refused);
        };
    }

    private TenantVerdict under(Checkpoint platform, List<VerifierKey> by) {
        ProofVerdict inLog = new InclusionProof(entry.index(), entryPath).verify(entry.leaf(), platform.head());
        if (!inLog.holds()) {
            return new NotInPlatformLog(inLog);
        }
        ProofVerdict inRound = round.verify(leaf.leaf(), entry.round());
        return inRound.holds() ? new Valid(leaf, entry, platform, by) : new NotInRound(inRound);
    }
}
