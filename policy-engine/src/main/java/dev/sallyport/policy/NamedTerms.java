package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Among;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The words that documents have for fields and purposes, allowed or not. Any other is its sender's own and may be anything,
 * a person's name or number included.
 *
 * @param fields names of fields
 * @param purposes ids of purposes
 */
record NamedTerms(Set<String> fields, Set<String> purposes) {
    NamedTerms {
        fields = Set.copyOf(fields);
        purposes = Set.copyOf(purposes);
    }

    static NamedTerms of(Settings settings) {
        Set<String> fields = new HashSet<>(settings.required().asked().keySet());
        fields.addAll(settings.forbidden().asked().keySet());
        settings.allowed().said().values().forEach(said -> add(fields, said));
        settings.actions().asked().keySet().forEach(action -> fields.add(action.field()));
        fields.remove("");
        Set<String> purposes = new HashSet<>();
        settings.purposes().said().values().forEach(said -> add(purposes, said));
        return new NamedTerms(fields, purposes);
    }

    private static void add(Set<String> names, Among<String> said) {
        if (!said.isAny()) {
            names.addAll(Objects.requireNonNull(said.members()));
        }
    }
}
