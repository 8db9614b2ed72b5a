package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.log.RoundLeaf;
import dev.sallyport.format.merkle.CompactRange;
import dev.sallyport.format.merkle.NodeSink;

/** Checks, where the package has all leaves of the round, that the tenant stands in it once. */
final class RoundCheck {
    private final Signed signed;
    private final Findings findings;

    RoundCheck(Signed signed, Findings findings) {
        this.signed = signed;
        this.findings = findings;
    }

    void run(Archive archive) {
        if (!archive.has(Member.ROUND)) {
            findings.notChecked(
                    Code.ROUND_NOT_CHECKED,
                    "that " + signed.tenant() + " stands in the round once is not shown: the package has not all leaves"
                            + " of the round, which the platform's auditor can export");
            return;
        }
        try (LineReader lines = archive.lines(Member.ROUND)) {
            if (whole(lines)) {
                findings.held(
                        Code.TENANT_ONCE,
                        signed.tenant() + " stands once among the "
                                + signed.round().tenants() + " tenants of the round");
            }
        }
    }

    private boolean whole(LineReader lines) {
        var tree = new CompactRange();
        String before = "";
        boolean found = false;
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            RoundLeaf leaf = parse(line, tree.size() + 1);
            if (leaf.tenant().compareTo(before) <= 0) {
                return differs("a tenant stands in the round twice, or out of its place");
            }
            before = leaf.tenant();
            found |= tree.size() == signed.leafIndex() && leaf.equals(signed.leaf());
            if (tree.size() == signed.round().tenants()) {
                return differs("round.jsonl has more leaves than the round");
            }
            tree.append(leaf.leaf(), NodeSink.NONE);
        }
        if (!tree.head().equals(signed.round().round())) {
            return differs("the leaves of the round do not lead to the root that the log has signed");
        }
        return found || differs("the tenant's tree in the round is another than in the checkpoint");
    }

    private boolean differs(String how) {
        findings.broken(Code.ROUND_DIFFERS, how);
        return false;
    }

    private static RoundLeaf parse(byte[] line, long number) {
        try {
            return RoundLeaf.parse(line);
        } catch (FormatException e) {
            throw new PackageException("round.jsonl, line " + number + ": " + e.getMessage());
        }
    }
}
