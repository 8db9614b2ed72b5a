package dev.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answer to a call's content. What is permitted is the content with the replacements made and the dropped fields
 * taken away; whoever cannot do that must deny.
 *
 * @param decision permit, or why not
 * @param detections what was found, one for each type, field and action
 * @param replaced for each field that changes, the text of all its rows
 * @param dropped fields to take away: their values become missing, and whole tensors that the model does not know go
 */
public record Inspection(
        Decision decision, List<Detection> detections, Map<String, List<String>> replaced, Set<String> dropped) {
    /** Keeps its own copies. */
    public Inspection {
        detections = List.copyOf(detections);
        replaced = Map.copyOf(replaced);
        dropped = Set.copyOf(dropped);
    }
}
