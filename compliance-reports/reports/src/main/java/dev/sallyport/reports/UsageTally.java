package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts decisions by a key; its size is bounded, whatever callers declare. */
final class UsageTally<K> {
    static final int MOST_KEYS = 1000;

    private final SortedMap<K, Entry> entries;
    private long others;

    UsageTally(Comparator<? super K> order) {
        this.entries = new TreeMap<>(order);
    }

    void add(K key, AuditRecord decision) {
        Entry entry = entries.get(key);
        if (entry == null) {
            if (entries.size() >= MOST_KEYS) {
                others += decision.count();
                return;
            }
            entry = new Entry(decision.instant());
            entries.put(key, entry);
        }
        entry.add(decision);
    }

    Usages<K> usages() {
        return new Usages<>(
                entries.entrySet().stream()
                        .map(e -> e.getValue().usage(e.getKey()))
                        .toList(),
                others);
    }

    private static final class Entry {
        private final SortedMap<String, Long> effects = new TreeMap<>();
        private Instant first;
        private Instant last;

        Entry(Instant at) {
            this.first = at;
            this.last = at;
        }

        void add(AuditRecord decision) {
            Instant at = decision.instant();
            // Records come in the order of recording, which is not quite that of deciding.
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
            effects.merge(DecisionTally.effect(decision), decision.count(), Long::sum);
        }

        <K> Usage<K> usage(K key) {
            return new Usage<>(key, effects, first, last);
        }
    }
}
