package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.Checkpoint;
import dev.sallyport.format.log.CheckpointVerdict;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.merkle.TreeHead;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks that the log continues what a witness has seen of it: the newest note, and those for which there are proofs. */
final class WitnessCheck {
    private final Signed signed;
    private final Findings findings;
    private final Continuity log;
    private long notes;
    private long shown;
    private byte @Nullable [] newest;
    private long newestSize = -1;

    WitnessCheck(Signed signed, Findings findings, Continuity log) {
        this.signed = signed;
        this.findings = findings;
        this.log = log;
    }

    /** Reads the witness's file. Returns whether the log continues all that was compared. */
    boolean run(Path file) {
        try (var all = new NoteFile(file)) {
            for (byte[] note = all.next(); note != null; note = all.next()) {
                notes++;
                take(note);
            }
        } catch (PackageException e) {
            findings.broken(Code.WITNESS_NOT_SIGNED, "the witness's file cannot be read to its end: " + e.getMessage());
        }
        if (newest == null) {
            findings.broken(Code.WITNESS_NOT_SIGNED, "the witness's file has no note that can be read");
        } else {
            compare(newest, true);
        }
        if (findings.anyBroken(Check.WITNESS)) {
            return false;
        }
        findings.held(
                Code.WITNESS_CONTINUED,
                "the log continues what the witness saw: its newest note, of size " + newestSize + ", and "
                        + (shown - 1) + " others");
        if (shown < notes) {
            findings.notChecked(
                    Code.WITNESS_SAMPLED,
                    "for " + (notes - shown) + " of the witness's " + notes
                            + " notes the package has no proof: export it again with --witness");
        }
        return true;
    }

    private void take(byte[] note) {
        long size;
        try {
            size = Checkpoint.parse(SignedNote.parse(note).text()).head().size();
        } catch (FormatException e) {
            findings.broken(Code.WITNESS_NOT_SIGNED, "note " + notes + " of the witness is none: " + e.getMessage());
            return;
        }
        byte @Nullable [] before = size > newestSize ? newest : note;
        if (size > newestSize) {
            newest = note;
            newestSize = size;
        }
        if (before != null) {
            compare(before, false);
        }
    }

    private void compare(byte[] note, boolean last) {
        TreeHead head;
        try {
            head = Checkpoint.parse(SignedNote.parse(note).text()).head();
        } catch (FormatException e) {
            throw new IllegalStateException("it was read before", e);
        }
        Continuity.Answer answer = log.of(head);
        if (answer == Continuity.Answer.NOT_SHOWN && !last) {
            return;
        }
        if (!(Checkpoint.verify(note, signed.keys()) instanceof CheckpointVerdict.Valid valid)
                || !valid.checkpoint().origin().equals(signed.origin())) {
            findings.broken(
                    Code.WITNESS_NOT_SIGNED,
                    "the witness's note of size " + head.size() + " is not signed by a log key that you brought");
            return;
        }
        shown++;
        told(head, answer);
    }

    private void told(TreeHead head, Continuity.Answer answer) {
        String of = "the witness saw a log of size " + head.size();
        switch (answer) {
            case CONTINUED -> {}
            case INCONSISTENT ->
                findings.broken(
                        Code.WITNESS_INCONSISTENT,
                        of + ", and the package's, of size " + log.now().size()
                                + ", does not continue it: the log was rewritten or forked");
            case NOT_SHOWN ->
                findings.broken(
                        Code.WITNESS_NOT_SHOWN,
                        of
                                + ", and the package has no proof that its own continues it: export it again with --witness");
            case NEWER ->
                findings.broken(
                        Code.WITNESS_NEWER,
                        of + ", the package's has " + log.now().size()
                                + ": the package was made before, or the log was cut back since");
        }
    }
}
