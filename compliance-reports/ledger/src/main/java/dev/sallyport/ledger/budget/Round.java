package dev.sallyport.ledger.budget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one round trip asks of the database: windows of budgets, what is given back of each, and what calls ask. */
final class Round {
    private final Map<Place, Integer> places = new LinkedHashMap<>();
    private final List<Allowance> windows = new ArrayList<>();
    private final List<Long> gives = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Allowance> blocks = new ArrayList<>();

    private record Place(String tenant, String budget, long start) {}

    /**
     * Rows that a call asks of a window.
     *
     * @param call the call's number; those of one call stand together
     * @param place the window's, from 1
     * @param limit the most that all nodes together may be granted
     * @param rows how many; 0 asks nothing but how it stands
     * @param block up to how many are welcome
     */
    record Wanted(int call, int place, long limit, long rows, long block) {}

    /** Adds a window, once, and returns its place. */
    int place(Allowance allowance) {
        var place = new Place(allowance.key.tenant(), allowance.key.budget(), allowance.start.getEpochSecond());
        return places.computeIfAbsent(place, fresh -> {
            windows.add(allowance);
            gives.add(0L);
            return windows.size();
        });
    }

    void give(Allowance allowance, long rows) {
        int index = place(allowance) - 1;
        gives.set(index, gives.get(index) + rows);
    }

    /** Asks rows for a call; the first that asks of a leased budget brings a block for all. */
    int want(int call, Allowance allowance, long rows) {
        boolean first = rows > 0 && !blocks.contains(allowance);
        if (first && allowance.leased) {
            blocks.add(allowance);
        }
        wanted.add(new Wanted(call, place(allowance), allowance.key.limit(), rows, first ? allowance.block() : 0));
        return wanted.size() - 1;
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    List<Allowance> windows() {
        return windows;
    }

    List<Long> gives() {
        return gives;
    }

    List<Wanted> wanted() {
        return wanted;
    }
}
