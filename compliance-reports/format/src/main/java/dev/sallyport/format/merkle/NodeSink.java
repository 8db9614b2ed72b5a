package dev.sallyport.format.merkle;

/** Takes the full nodes of a tree as it grows, each once, in the ascending order of indexes at each level. */
@FunctionalInterface
public interface NodeSink {
    /** A sink for those who want the root alone. */
    NodeSink NONE = (node, hash) -> {};

    /** Takes a node. */
    void take(Node node, Hash hash);
}
