package dev.sallyport.verifier;

import dev.sallyport.verifier.Finding.Broken;
import dev.sallyport.verifier.Finding.Held;
import dev.sallyport.verifier.Finding.NotChecked;
import dev.sallyport.verifier.Finding.Noticed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The findings of one verification: of each kind of failure the first few, and how many there were. Not thread-safe. */
final class Findings {
    private static final int SHOWN = 3;

    private final List<Finding> all = new ArrayList<>();
    private final Map<Code, Long> broken = new EnumMap<>(Code.class);

    void held(Code code, String text) {
        all.add(new Held(code, text));
    }

    void broken(Code code, String text) {
        if (broken.merge(code, 1L, Long::sum) <= SHOWN) {
            all.add(new Broken(code, text));
        }
    }

    void noticed(Code code, String text) {
        all.add(new Noticed(code, text));
    }

    void notChecked(Code code, String text) {
        all.add(new NotChecked(code, text));
    }

    boolean anyBroken() {
        return !broken.isEmpty();
    }

    /** Tells whether a check of this kind failed. */
    boolean anyBroken(Check check) {
        return broken.keySet().stream().anyMatch(code -> code.check() == check);
    }

    /** Returns all, with the number of those that were too many to be told. */
    List<Finding> list() {
        var list = new ArrayList<>(all);
        broken.forEach((code, count) -> {
            if (count > SHOWN) {
                list.add(new Broken(code, "and " + (count - SHOWN) + " more like these"));
            }
        });
        return List.copyOf(list);
    }
}
