package dev.sallyport.torture;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The hits by cell: aimed where there are fewest, counted where the evidence puts them. */
final class Matrix {
    private final List<Cell> cells;
    private final RandomGenerator random;
    private final List<Hit> hits = new ArrayList<>();
    private final Map<Cell, Integer> aimed = new HashMap<>();
    private final Map<Cell, Integer> counted = new HashMap<>();

    Matrix(List<Cell> cells, RandomGenerator random) {
        this.cells = List.copyOf(cells);
        this.random = random;
    }

    /** The cell to aim at: of the phase with the fewest hits, one that was aimed at least. */
    Cell next() {
        Map<Phase, Integer> phases = phases();
        int fewest = cells.stream()
                .mapToInt(cell -> phases.getOrDefault(cell.phase(), 0))
                .min()
                .orElseThrow();
        List<Cell> candidates = cells.stream()
                .filter(cell -> phases.getOrDefault(cell.phase(), 0) <= fewest + 1)
                .toList();
        int least = candidates.stream()
                .mapToInt(cell -> aimed.getOrDefault(cell, 0))
                .min()
                .orElseThrow();
        List<Cell> open = candidates.stream()
                .filter(cell -> aimed.getOrDefault(cell, 0) == least)
                .toList();
        return open.get(random.nextInt(open.size()));
    }

    void add(Hit hit) {
        hits.add(hit);
        aimed.merge(hit.cell(), 1, Integer::sum);
        Cell cell = hit.counted();
        if (cell != null) {
            counted.merge(cell, 1, Integer::sum);
        }
    }

    /** The moment did not come: the cell has had its turn. */
    void missed(Cell cell) {
        aimed.merge(cell, 1, Integer::sum);
    }

    int size() {
        return hits.size();
    }

    /** How many hits count for each phase. */
    Map<Phase, Integer> phases() {
        Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
        counted.forEach((cell, count) -> phases.merge(cell.phase(), count, Integer::sum));
        return phases;
    }

    JsonArray json() {
        JsonArray rows = new JsonArray();
        Cell.matching(List.of()).stream()
                .filter(cell -> aimed.containsKey(cell) || counted.containsKey(cell))
                .forEach(cell -> rows.add(new JsonObject()
                        .put("target", Cell.name(cell.target()))
                        .put("signal", Cell.name(cell.signal()))
                        .put("phase", Cell.name(cell.phase()))
                        .put("aimed", aimed.getOrDefault(cell, 0))
                        .put("hits", counted.getOrDefault(cell, 0))));
        return rows;
    }

    JsonArray hitsJson() {
        JsonArray all = new JsonArray();
        hits.stream().sorted(Comparator.comparingInt(Hit::number)).forEach(hit -> all.add(hit.json()));
        return all;
    }
}
