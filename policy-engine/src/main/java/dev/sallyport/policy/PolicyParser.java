package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Reading;
import dev.sallyport.policy.document.TreeReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads policy documents. */
public final class PolicyParser {
    private PolicyParser() {}

    /**
     * Reads a document, and checks all that can be checked without knowing the layers around it.
     *
     * @param name what to call it in problems, and as a document where it names itself nothing
     * @param source YAML 1.2 (core schema) or JSON, at most {@link TreeReader#MAX_LENGTH} characters
     * @return the document, or every problem found; one that does not say its layer is a problem
     */
    public static ParseResult parse(String name, String source) {
        return read(name, null, source);
    }

    /**
     * Reads a document for a layer, which it may leave unsaid.
     *
     * @param name what to call it in problems, and as a document where it names itself nothing
     * @param layer the layer that it must be for
     * @param source as above
     * @return the document, or every problem found
     */
    public static ParseResult parse(String name, Layer layer, String source) {
        return read(name, layer, source);
    }

    private static ParseResult read(String name, @Nullable Layer layer, String source) {
        var problems = new Problems(name);
        switch (TreeReader.read(source)) {
            case Reading.Broken(var faults) -> faults.forEach(problems::at);
            case Reading.Tree(Node tree) -> {
                var reader = new DocumentReader(name, layer, source, sha256(source), problems);
                PolicyDocument document = reader.read(tree);
                if (problems.none()) {
                    List<PolicyProblem> contradictions = Contradictions.in(document.settings());
                    return contradictions.isEmpty()
                            ? new ParseResult.Parsed(document)
                            : new ParseResult.Rejected(contradictions);
                }
            }
        }
        return new ParseResult.Rejected(problems.inOrder());
    }

    /** Lower-case hex of a text's SHA-256 as UTF-8. */
    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
