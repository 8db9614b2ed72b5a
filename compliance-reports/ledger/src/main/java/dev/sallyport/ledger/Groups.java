package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Principal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Refusals counted until their second is over. At most {@value #LIMIT} groups are open; beyond that, refusals are
 * thrown together by tenant and reason, so that nobody without a key can fill memory or disk. Thread-safe.
 */
final class Groups {
    static final int LIMIT = 10_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** In the order in which they were begun. */
    private final Map<GroupKey, Group> open = new LinkedHashMap<>();

    private static final class Group {
        final AuditRecord draft;
        final long began;
        long count;

        Group(AuditRecord draft, long began) {
            this.draft = draft;
            this.began = began;
        }
    }

    /** Counts a refusal; returns the id of the record that will stand for it. */
    synchronized String add(GroupKey key, AuditRecord draft, long now) {
        Group group = open.get(key);
        if (group == null && open.size() >= LIMIT && !isShared(key)) {
            Principal everyone = Principal.address("other");
            return add(new GroupKey(key.tenant(), everyone, key.reason()), draft.withPrincipal(everyone), now);
        }
        if (group == null) {
            group = new Group(draft, now);
            open.put(key, group);
        }
        group.count++;
        return group.draft.id();
    }

    private static boolean isShared(GroupKey key) {
        return key.principal().equals(Principal.address("other"));
    }

    /**
     * Hands over the records of the groups whose second is over.
     *
     * @param all whether to hand over the others too
     * @param taker takes a record and says whether it did; at the first refusal the rest stay and go on counting
     */
    synchronized void take(long now, boolean all, Predicate<AuditRecord> taker) {
        Iterator<Group> groups = open.values().iterator();
        while (groups.hasNext()) {
            Group group = groups.next();
            if ((!all && now - group.began < SECOND) || !taker.test(group.draft.withCount(group.count))) {
                return;
            }
            groups.remove();
        }
    }
}
