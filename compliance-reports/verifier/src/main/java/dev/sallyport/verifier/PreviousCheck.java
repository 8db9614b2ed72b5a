package dev.sallyport.verifier;

import dev.sallyport.format.export.Member;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.merkle.TreeHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks that tree and log continue the earlier checkpoints that the checker held. */
final class PreviousCheck {
    private final Signed signed;
    private final Findings findings;
    private final List<Held> held = new ArrayList<>();

    /**
     * An earlier checkpoint that the log has signed.
     *
     * @param name of its file
     * @param tree the tenant's tree; empty if only the platform log is known
     * @param log the platform log
     */
    private record Held(String name, Optional<TreeHead> tree, TreeHead log) {}

    PreviousCheck(Signed signed, Findings findings) {
        this.signed = signed;
        this.findings = findings;
    }

    /** Reads a file: a tenant's checkpoint, a package that has one, or a note of the platform log. */
    void read(Path file) {
        byte[] bytes;
        try {
            bytes = bytes(file);
        } catch (PackageException e) {
            findings.broken(Code.PREVIOUS_NOT_SIGNED, file + " is no package with a checkpoint: " + e.getMessage());
            return;
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            tenant(file, TenantCheckpoint.verify(bytes, signed.tenant(), signed.keys()));
        } else {
            log(file, Checkpoint.verify(bytes, signed.keys()));
        }
    }

    /**
     * Returns the bytes of the checkpoint in a file, a package or not.
     *
     * @throws PackageException if it is a package that has none
     * @throws UnreadableException if it cannot be read
     */
    static byte[] bytes(Path file) {
        return isArchive(file) ? ofPackage(file) : BroughtFiles.bytes(file);
    }

    private static boolean isArchive(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        } catch (IOException e) {
            throw new UnreadableException("there is no file " + file + " that can be read");
        }
    }

    private static byte[] ofPackage(Path file) {
        try (Archive archive = Archive.open(file)) {
            return archive.text(Member.CHECKPOINT);
        }
    }

    private void tenant(Path file, TenantVerdict verdict) {
        switch (verdict) {
            case TenantVerdict.Valid valid ->
                take(file, Optional.of(valid.leaf().head()), valid.platform());
            case TenantVerdict.OtherTenant other -> refused(file, "is another tenant's");
            case TenantVerdict.Malformed(String why) -> refused(file, "is no checkpoint: " + why);
            case TenantVerdict.CheckpointRefused refused ->
                refused(file, "is not signed by a log key that you brought");
            case TenantVerdict.NotInPlatformLog not ->
                refused(file, "has a round that is not in the log that it signs");
            case TenantVerdict.NotInRound not -> refused(file, "has a tree that is not in the round that it signs");
        }
    }

    private void log(Path file, CheckpointVerdict verdict) {
        switch (verdict) {
            case CheckpointVerdict.Valid valid -> take(file, Optional.empty(), valid.checkpoint());
            case CheckpointVerdict.Malformed(String why) -> refused(file, "is no checkpoint: " + why);
            case CheckpointVerdict.NoKnownKey none -> refused(file, "is not signed by a log key that you brought");
            case CheckpointVerdict.BadSignature bad -> refused(file, "has a false signature");
        }
    }

    private void take(Path file, Optional<TreeHead> tree, Checkpoint log) {
        if (log.origin().equals(signed.origin())) {
            held.add(new Held(file.toString(), tree, log.head()));
        } else {
            refused(file, "is of another log");
        }
    }

    private void refused(Path file, String why) {
        findings.broken(Code.PREVIOUS_NOT_SIGNED, "the previous checkpoint " + file + " " + why);
    }

    /** Returns the sizes of the tenant's older trees. */
    SortedSet<Long> sizes() {
        var sizes = new TreeSet<Long>();
        held.forEach(h -> h.tree().ifPresent(tree -> sizes.add(tree.size())));
        return sizes;
    }

    /** Compares them all; call it once. Returns whether there is one, and all hold. */
    boolean run(Continuity tree, Continuity log) {
        boolean all = !held.isEmpty();
        for (Held one : held) {
            boolean treeHolds =
                    one.tree().map(old -> compare(one, "tree", tree, old)).orElse(true);
            boolean logHolds = compare(one, "log", log, one.log());
            if (treeHolds && logHolds) {
                findings.held(
                        Code.PREVIOUS_CONTINUED,
                        "the log continues the previous checkpoint " + one.name() + ", of size "
                                + one.log().size()
                                + one.tree()
                                        .map(t -> "; the tenant's tree the one of size " + t.size())
                                        .orElse(""));
            }
            all &= treeHolds && logHolds;
        }
        return all;
    }

    private boolean compare(Held one, String what, Continuity continuity, TreeHead older) {
        String of = "the previous checkpoint " + one.name() + " has a " + what + " of size " + older.size();
        switch (continuity.of(older)) {
            case CONTINUED -> {
                return true;
            }
            case INCONSISTENT ->
                findings.broken(
                        Code.PREVIOUS_INCONSISTENT,
                        of + ", and the package's, of size " + continuity.now().size()
                                + ", does not continue it: the log was rewritten or forked");
            case NOT_SHOWN ->
                findings.broken(
                        Code.PREVIOUS_NOT_SHOWN,
                        of + ", and the package has no proof that its own continues it: export it again with"
                                + " --previous " + one.name());
            case NEWER ->
                findings.broken(
                        Code.PREVIOUS_NEWER,
                        of + ", the package's has " + continuity.now().size()
                                + ": the package was made before, or the log was cut back since");
        }
        return false;
    }
}
