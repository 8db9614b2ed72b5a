package dev.sallyport.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cell of the matrix of hits.
 *
 * @param target what is hit
 * @param signal with what
 * @param phase when
 */
record Cell(Target target, Signal signal, Phase phase) {
    /**
     * All cells that patterns name.
     *
     * @param patterns such as {@code server/kill/in-commit} or {@code *}{@code /pause/*}; none means every cell
     * @throws IllegalArgumentException if a pattern names no cell
     */
    static List<Cell> matching(List<String> patterns) {
        List<Cell> cells = new ArrayList<>();
        for (Target target : Target.values()) {
            for (Signal signal : Signal.values()) {
                for (Phase phase : Phase.values()) {
                    cells.add(new Cell(target, signal, phase));
                }
            }
        }
        if (patterns.isEmpty()) {
            return cells;
        }
        for (String pattern : patterns) {
            if (cells.stream().noneMatch(cell -> cell.matches(pattern))) {
                throw new IllegalArgumentException("no cell is called " + pattern
                        + ": server|postmaster|backend|both|all / kill|pause|term /"
                        + " before-commit|in-commit|after-commit|lease-reclaim, each or *");
            }
        }
        return cells.stream()
                .filter(cell -> patterns.stream().anyMatch(cell::matches))
                .toList();
    }

    private boolean matches(String pattern) {
        String[] parts = pattern.split("/", -1);
        return parts.length == 3 && isNamed(target, parts[0]) && isNamed(signal, parts[1]) && isNamed(phase, parts[2]);
    }

    private static boolean isNamed(Enum<?> value, String name) {
        return name.equals("*") || name(value).equals(name);
    }

    /** The word for a value: lower case, with hyphens. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return name(target) + "/" + name(signal) + "/" + name(phase);
    }
}
