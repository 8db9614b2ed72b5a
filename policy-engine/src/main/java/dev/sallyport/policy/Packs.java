package dev.sallyport.policy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The documents that come with the engine. */
public final class Packs {
    /** The name of the platform's shipped document. */
    static final String BASELINE = "platform/baseline";

    /** The ids of the shipped packs; their documents are called by them, after {@code pack/}. */
    static final Set<String> IDS = Set.of("gdpr", "hipaa");

    private Packs() {}

    /**
     * The packs that a tenant may choose.
     *
     * @return documents by id: {@code gdpr}, {@code hipaa}
     */
    public static Map<String, PolicyDocument> shipped() {
        return Shipped.PACKS;
    }

    /**
     * The platform's document until an operator publishes another.
     *
     * @return the document {@code platform/baseline}
     */
    public static PolicyDocument baseline() {
        return Shipped.PLATFORM;
    }

    /**
     * The language's published schema.
     *
     * @return JSON Schema 2020-12, closed, with each setting's meet in {@code x-meet}
     */
    public static String schema() {
        return ShippedText.of("policy.schema.json");
    }

    /** Read once, at first use; they are part of the program. */
    private static final class Shipped {
        static final PolicyDocument PLATFORM = read(BASELINE, Layer.PLATFORM, "platform/baseline.yaml");
        static final Map<String, PolicyDocument> PACKS = IDS.stream()
                .collect(Collectors.toUnmodifiableMap(
                        id -> id, id -> read("pack/" + id, Layer.PACK, "packs/" + id + ".yaml")));

        private static PolicyDocument read(String name, Layer layer, String resource) {
            return switch (PolicyParser.parse(name, layer, ShippedText.of(resource))) {
                case ParseResult.Parsed(var document) -> document;
                case ParseResult.Rejected(var problems) -> throw new IllegalStateException(problems.toString());
            };
        }
    }
}
