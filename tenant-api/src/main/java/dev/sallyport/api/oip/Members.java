package dev.sallyport.api.oip;

import java.util.HashSet;
import java.util.Set;

/** Walks the members of an object: {@link #next}, then the value is read by whoever asked. No name may come twice. */
final class Members {
    private final JsonScanner json;
    private final String label;
    private final Set<String> seen = new HashSet<>(8);
    private String name = "";

    /** Consumes the opening brace. */
    Members(JsonScanner json, String label) {
        this.json = json;
        this.label = label;
        if (json.peek() != '{') {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, label + " is an object");
        }
        json.expect('{');
    }

    boolean next() {
        if (!json.next(seen.isEmpty(), '}')) {
            return false;
        }
        name = json.name();
        if (!seen.add(name)) {
            throw new MalformedRequest(ErrorCode.REQUEST_INVALID, label + " has a member twice");
        }
        return true;
    }

    /** The present member's name. */
    String name() {
        return name;
    }

    MalformedRequest unknown(String allowed) {
        return new MalformedRequest(
                ErrorCode.REQUEST_INVALID,
                label + " has an unknown member, its number " + seen.size() + "; allowed: " + allowed);
    }
}
