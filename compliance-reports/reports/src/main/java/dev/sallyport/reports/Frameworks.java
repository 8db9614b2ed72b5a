package dev.sallyport.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The frameworks that reports can be made for. Read once from the catalogues that ship beside this class. */
public final class Frameworks {
    private static final List<String> SHIPPED = List.of("gdpr", "hipaa");

    private Frameworks() {}

    /** The ids of all frameworks, in alphabetical order. */
    public static SortedSet<String> known() {
        return new TreeSet<>(SHIPPED);
    }

    /**
     * A framework's catalogue.
     *
     * @param id its id
     * @throws IllegalArgumentException if it is not among {@link #known()}
     */
    public static Framework of(String id) {
        Framework framework = Loaded.BY_ID.get(id);
        if (framework == null) {
            throw new IllegalArgumentException("no framework is called that; there are " + String.join(", ", SHIPPED));
        }
        return framework;
    }

    /** Defers reading until a catalogue is asked for. */
    private static final class Loaded {
        static final Map<String, Framework> BY_ID = load();

        private static Map<String, Framework> load() {
            Map<String, Framework> frameworks = new TreeMap<>();
            for (String id : SHIPPED) {
                frameworks.put(id, CatalogueReader.read(id, bytes(id + ".yaml")));
            }
            return Map.copyOf(frameworks);
        }

        private static byte[] bytes(String name) {
            try (InputStream in = Frameworks.class.getResourceAsStream("catalogue/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the catalogue " + name + " is not on the class path");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
