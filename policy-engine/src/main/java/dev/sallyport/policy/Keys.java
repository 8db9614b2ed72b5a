package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.document.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of the language, whose keys were checked against its section. */
final class Keys {
    private final Node node;
    private final Problems problems;
    private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
    private boolean hasLaterKeys;

    private Keys(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    /** Reads a node as a section; a node that is no mapping is a problem, and an empty section. */
    static Keys of(Node node, Section section, Problems problems) {
        var keys = new Keys(node, problems);
        if (!(node instanceof Node.Mapping mapping)) {
            problems.at(
                    node,
                    "expected a mapping with the keys " + String.join(", ", section.supported()) + "; found "
                            + node.kind());
            return keys;
        }
        for (Node.Entry entry : mapping.entries()) {
            if (section.supported().contains(entry.key())) {
                keys.entries.put(entry.key(), entry);
            } else {
                keys.refuse(entry, section);
            }
        }
        return keys;
    }

    private void refuse(Node.Entry entry, Section section) {
        String path = entry.value().path();
        boolean later = section.later().contains(entry.key());
        hasLaterKeys |= later;
        String message = later
                ? "\"" + path + "\" is not supported yet"
                : "unknown key \"" + entry.key() + "\"; expected one of " + String.join(", ", section.supported());
        problems.at(path, entry.position(), message);
    }

    /** The value of a key; null when it is absent. */
    @Nullable
    Node get(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /**
     * The value of a key that must be there; null, and a problem, when it is absent. Beside a key that is not supported yet
     * others may well be absent: that one says enough.
     */
    @Nullable
    Node need(String key, String expected) {
        Node value = get(key);
        if (value == null && node instanceof Node.Mapping && !hasLaterKeys) {
            problems.at(node, "\"" + key + "\" is missing; expected " + expected);
        }
        return value;
    }

    /** Where a key stands. */
    Position position(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? node.position() : entry.position();
    }

    int line(String key) {
        return position(key).line();
    }

    Node node() {
        return node;
    }
}
