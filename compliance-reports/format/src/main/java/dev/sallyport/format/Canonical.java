package dev.sallyport.format;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Copies of maps in canonical order, which is that of {@link String#compareTo}. */
final class Canonical {
    private Canonical() {}

    static Map<String, String> strings(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    static Map<String, Map<String, Long>> bands(Map<String, Map<String, Long>> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        var copy = new TreeMap<String, Map<String, Long>>();
        map.forEach((name, bands) -> {
            if (bands.isEmpty()) {
                throw new IllegalArgumentException("an output fact has at least one band: " + name);
            }
            copy.put(name, Collections.unmodifiableMap(new TreeMap<>(bands)));
        });
        return Collections.unmodifiableMap(copy);
    }
}
