package dev.sallyport.reports;

import dev.sallyport.format.AuditRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what one count of the catalogue asks for; its size is bounded. */
final class CountTally {
    private static final int MOST_GROUPS = 100;

    private final Count count;
    private final SortedMap<String, Long> groups = new TreeMap<>();
    private long total;
    private long others;

    CountTally(Count count) {
        this.count = count;
    }

    void add(AuditRecord auditRecord) {
        if (!count.where().passes(auditRecord)) {
            return;
        }
        total += auditRecord.count();
        if (count.by() != null) {
            List<String> values = count.by().values(auditRecord);
            (values.isEmpty() ? List.of("") : values).forEach(value -> addTo(value, auditRecord.count()));
        }
    }

    private void addTo(String value, long events) {
        if (groups.containsKey(value) || groups.size() < MOST_GROUPS) {
            groups.merge(value, events, Long::sum);
        } else {
            others += events;
        }
    }

    CountResult result() {
        return new CountResult(count, total, groups, others);
    }
}
