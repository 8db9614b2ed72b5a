package dev.sallyport.api.demo;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.KeyInfo;
import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.identity.Keys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sees to it that each of the demo's keys exists and that the key file has it. */
final class DemoKeys {
    private final Keys keys;
    private final DemoKeyFile file;
    private final Actor actor;

    DemoKeys(Keys keys, DemoKeyFile file, Actor actor) {
        this.keys = keys;
        this.file = file;
        this.actor = actor;
    }

    /**
     * Keeps the keys that the file has and the server honours, and issues the others.
     *
     * @return the secrets by {@link DemoKey#label}
     * @throws IOException if the file cannot be read or written
     * @throws IllegalStateException if a key cannot be issued
     */
    Map<String, String> ensure() throws IOException {
        Map<String, DemoKeyFile.Entry> entries = new LinkedHashMap<>(file.read());
        for (DemoKey key : DemoKey.all()) {
            DemoKeyFile.Entry known = entries.get(key.label());
            List<KeyInfo> live = live(key);
            if (known == null || live.stream().noneMatch(info -> info.id().equals(known.id()))) {
                // A key that was issued just before a crash is in nobody's hands: it is revoked, not left alive.
                live.forEach(lost -> keys.revoke(key.tenant(), lost.id(), actor));
                entries.put(key.label(), issue(key));
                file.write(entries);
            }
        }
        Map<String, String> secrets = new LinkedHashMap<>();
        entries.forEach((label, entry) -> secrets.put(label, entry.key()));
        return secrets;
    }

    private List<KeyInfo> live(DemoKey key) {
        return keys.list(key.tenant()).stream()
                .filter(info -> info.name().equals(key.request().name()))
                .filter(info -> info.revokedAt() == null)
                .toList();
    }

    private DemoKeyFile.Entry issue(DemoKey key) {
        return switch (keys.issue(key.tenant(), key.request(), actor)) {
            case KeyIssue.Issued(String id, String secret) -> new DemoKeyFile.Entry(id, secret);
            case KeyIssue.Invalid(String field, String sentence) ->
                throw new IllegalStateException("key " + key.label() + ": " + field + ": " + sentence);
            case KeyIssue.Unknown() ->
                throw new IllegalStateException("key " + key.label() + ": no tenant " + key.tenant());
        };
    }
}
