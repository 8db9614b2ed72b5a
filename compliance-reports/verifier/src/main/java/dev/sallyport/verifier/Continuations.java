package dev.sallyport.verifier;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.export.Continuation;
import dev.sallyport.format.export.Member;
import dev.sallyport.format.merkle.ConsistencyProof;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The consistency proofs of a package. */
final class Continuations {
    private static final int MOST = 4_096;

    private final Map<Continuation.Tree, Map<Long, ConsistencyProof>> proofs = new EnumMap<>(Continuation.Tree.class);

    private Continuations() {
        for (Continuation.Tree tree : Continuation.Tree.values()) {
            proofs.put(tree, new HashMap<>());
        }
    }

    /** @throws PackageException if the member has not its form */
    static Continuations read(Archive archive) {
        var all = new Continuations();
        if (archive.has(Member.CONSISTENCY)) {
            try (LineReader lines = archive.lines(Member.CONSISTENCY)) {
                int count = 0;
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    all.take(line, ++count);
                }
            }
        }
        return all;
    }

    private void take(byte[] line, int number) {
        if (number > MOST) {
            throw new PackageException("consistency.jsonl has more than " + MOST + " lines");
        }
        try {
            Continuation read = Continuation.parse(line);
            of(read.tree()).put(read.size(), read.proof());
        } catch (FormatException e) {
            throw new PackageException("consistency.jsonl, line " + number + ": " + e.getMessage());
        }
    }

    Map<Long, ConsistencyProof> of(Continuation.Tree tree) {
        return proofs.computeIfAbsent(tree, none -> new HashMap<>());
    }
}
