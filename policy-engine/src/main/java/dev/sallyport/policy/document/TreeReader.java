package dev.sallyport.policy.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a text as a tree, from the YAML parser's events, so that nothing is resolved behind the document's back. */
public final class TreeReader {
    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** How deep a tree may be; the language itself is six deep. */
    static final int MAX_DEPTH = 24;

    /** How many faults are told at once. */
    static final int MAX_FAULTS = 100;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_LENGTH).build();

    private final List<Fault> faults = new ArrayList<>();
    private final Iterator<Event> events;

    private TreeReader(String text) {
        events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /**
     * Reads a text.
     *
     * @param text YAML 1.2 or JSON
     * @return its tree, or what is wrong with it
     */
    public static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Reading.Broken(List.of(new Fault(
                    "the document has " + text.length() + " characters; at most " + MAX_LENGTH + " are read",
                    "",
                    Position.START)));
        }
        try {
            return new TreeReader(text).document();
        } catch (Stop stop) {
            return new Reading.Broken(List.of(stop.fault));
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            return new Reading.Broken(
                    List.of(new Fault("not YAML: " + context + e.getProblem(), "", position(e.getProblemMark()))));
        } catch (YamlEngineException e) {
            return new Reading.Broken(List.of(new Fault("not YAML: " + e.getMessage(), "", Position.START)));
        }
    }

    private Reading document() {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root != null) {
                        throw new Stop("a second document begins; expected one", "", position(event.getStartMark()));
                    }
                    directives((DocumentStartEvent) event);
                }
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> root = node(event, "", 0);
            }
        }
        if (root == null) {
            return new Reading.Broken(
                    List.of(new Fault("the document is empty; expected a mapping", "", Position.START)));
        }
        return faults.isEmpty() ? new Reading.Tree(root) : new Reading.Broken(faults);
    }

    private void directives(DocumentStartEvent start) {
        Optional<SpecVersion> version = start.getSpecVersion();
        boolean other =
                version.isPresent() && !version.get().getRepresentation().equals("1.2");
        if (other
                || start.getTags().keySet().stream().anyMatch(handle -> !handle.equals("!") && !handle.equals("!!"))) {
            fault("directives are not accepted; the document is read as YAML 1.2", "", position(start.getStartMark()));
        }
    }

    private Node node(Event event, String path, int depth) {
        Position position = position(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw new Stop("the document is more than " + MAX_DEPTH + " levels deep", "", position);
        }
        return switch (event) {
            case AliasEvent alias -> {
                fault("anchors and aliases are not accepted; write the value out", path, position);
                yield new Node.Scalar(path, position, null);
            }
            case ScalarEvent scalar -> {
                plain(scalar, scalar.getTag(), path, position);
                yield new Node.Scalar(path, position, ScalarValue.of(scalar));
            }
            case MappingStartEvent mapping -> {
                plain(mapping, mapping.getTag(), path, position);
                yield mapping(path, position, depth);
            }
            case CollectionStartEvent sequence -> {
                plain(sequence, sequence.getTag(), path, position);
                yield sequence(path, position, depth);
            }
            default -> throw new Stop("expected a value", path, position);
        };
    }

    private Node.Sequence sequence(String path, Position position, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, path + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(path, position, items);
    }

    private Node.Mapping mapping(String path, Position position, int depth) {
        List<Node.Entry> entries = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Position place = position(next.getStartMark());
            String key = key(next, path, place);
            String below = path.isEmpty() ? key : path + "." + key;
            Position before = seen.putIfAbsent(key, place);
            if (before != null) {
                fault(
                        "the key \"" + key + "\" stands here a second time; first on line " + before.line(),
                        below,
                        place);
            }
            entries.add(new Node.Entry(key, place, node(events.next(), below, depth + 1)));
        }
        return new Node.Mapping(path, position, entries);
    }

    private String key(Event event, String path, Position position) {
        if (event instanceof ScalarEvent scalar) {
            plain(scalar, scalar.getTag(), path, position);
            return scalar.getValue();
        }
        throw new Stop("a key is a text; found something else", path, position);
    }

    private void plain(NodeEvent event, Optional<String> tag, String path, Position position) {
        if (event.getAnchor().isPresent()) {
            fault("anchors and aliases are not accepted; write the value out", path, position);
        }
        if (tag.isPresent()) {
            fault("tags are not accepted; write the value plainly, a text in quotes", path, position);
        }
    }

    private void fault(String message, String path, Position position) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(message, path, position));
        }
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START);
    }

    /** Ends the reading at a fault that leaves nothing to go on from. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Fault fault;

        Stop(String message, String path, @Nullable Position position) {
            super(message, null, false, false);
            fault = new Fault(message, path, position == null ? Position.START : position);
        }
    }
}
