package dev.sallyport.policy.condition;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Facts as the evaluator reads a message: by field, without a copy. A field that is not known is absent. */
final class Struct extends AbstractMap<String, Object> {
    private final Set<String> names;
    private final Function<String, @Nullable Object> fields;

    Struct(Set<String> names, Function<String, @Nullable Object> fields) {
        this.names = names;
        this.fields = fields;
    }

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? fields.apply(name) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> known = new LinkedHashMap<>();
        for (String name : names) {
            Object value = fields.apply(name);
            if (value != null) {
                known.put(name, value);
            }
        }
        return known.entrySet();
    }
}
