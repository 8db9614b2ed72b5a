package dev.sallyport.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A configuration file, read as a flat list of keys with the places where they stand. Nothing is interpreted beyond
 * that: types are the keys' business.
 */
final class ConfigFile {
    /** A scalar as written, and where. */
    record Entry(String text, String source) {}

    private final String name;
    private final Set<String> known;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigFile(String name, Set<String> known) {
        this.name = name;
        this.known = known;
    }

    /**
     * Parses a file.
     *
     * @param name shown in sources and problems
     * @param yaml the text
     * @param known every key's path that may stand in it
     * @return its entries and what is wrong with it
     */
    static ConfigFile parse(String name, String yaml, Set<String> known) {
        ConfigFile file = new ConfigFile(name, known);
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setLabel(name)
                            .setMaxAliasesForCollections(0)
                            .build())
                    .composeString(yaml);
            root.ifPresent(file::readRoot);
        } catch (MarkedYamlEngineException e) {
            file.problem(e.getProblemMark(), "", "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            file.problem(Optional.empty(), "", "not YAML that can be read here");
        }
        return file;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    private void readRoot(Node root) {
        if (root instanceof MappingNode mapping) {
            readMapping("", mapping);
        } else if (!root.getTag().equals(Tag.NULL)) {
            problem(root.getStartMark(), "", "must be a mapping of keys");
        }
    }

    private void readMapping(String prefix, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                readEntry(prefix + key.getValue(), key, tuple.getValueNode());
            } else {
                problem(tuple.getKeyNode().getStartMark(), prefix, "a key must be text");
            }
        }
    }

    private void readEntry(String path, ScalarNode key, Node value) {
        boolean section = known.stream().anyMatch(k -> k.startsWith(path + "."));
        if (key.getAnchor().isPresent() || value.getAnchor().isPresent()) {
            problem(key.getStartMark(), path, "anchors are not allowed");
        } else if (!section && !known.contains(path)) {
            problem(key.getStartMark(), path, "unknown key" + Nearest.hint(path, known));
        } else if (section && value instanceof MappingNode mapping) {
            readMapping(path + ".", mapping);
        } else if (section && !value.getTag().equals(Tag.NULL)) {
            problem(value.getStartMark(), path, "must be a mapping of keys");
        } else if (!section) {
            readScalar(path, key, value);
        }
    }

    private void readScalar(String path, ScalarNode key, Node value) {
        if (!(value instanceof ScalarNode scalar) || value.getTag().equals(Tag.NULL)) {
            problem(key.getStartMark(), path, "needs a single value");
        } else if (entries.put(path, new Entry(scalar.getValue(), place(value.getStartMark()))) != null) {
            problem(key.getStartMark(), path, "stands here a second time");
        }
    }

    private void problem(Optional<Mark> mark, String path, String sentence) {
        problems.add(new ConfigProblem(place(mark), path, sentence));
    }

    private String place(Optional<Mark> mark) {
        return mark.map(m -> name + ":" + (m.getLine() + 1)).orElse(name);
    }
}
