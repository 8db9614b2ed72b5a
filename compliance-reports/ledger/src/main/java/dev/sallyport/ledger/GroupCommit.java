package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.ledger.budget.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** The writer of records over the flush. */
final class GroupCommit implements RecordWriter {
    /** How far a record's id may lie from now: farther, there may be no partition for it. */
    private static final Duration ID_BOUND = Duration.ofDays(1);

    /** About a hundred years: groups have no caller that waits. */
    private static final long FOREVER = Long.MAX_VALUE / 3;

    private final FlushLoop loop;
    private final FlushListener listener;
    private final InstantSource clock;
    private final Groups groups = new Groups();

    GroupCommit(FlushLoop loop, FlushListener listener, InstantSource clock) {
        this.loop = loop;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public CompletionStage<AppendResult> append(Append append) {
        checkId(append.record());
        long patience = append.patience().toNanos();
        Reservation reserved = append.reservation();
        Settlement settlement = reserved == null ? null : reserved.append();
        var call = new Pending(append.record(), settlement, append.payload(), System.nanoTime(), patience);
        if (!loop.offer(call)) {
            listener.refused();
            call.refuse(FlushWriter.unavailable(loop.isOpen() ? "too many records wait" : FlushLoop.CLOSED));
        }
        return call.result;
    }

    private void checkId(AuditRecord record) {
        Duration age = Duration.between(record.idInstant(), clock.instant());
        if (age.abs().compareTo(ID_BOUND) > 0) {
            throw new IllegalArgumentException("a record's id is minted when the record is written");
        }
    }

    @Override
    public String group(GroupKey key, AuditRecord draft) {
        if (!draft.charges().isEmpty()
                || draft.epochs() != null
                || !draft.tenant().equals(key.tenant().value())) {
            throw new IllegalArgumentException("a grouped record has the key's tenant, no charges and no epochs");
        }
        return groups.add(key, draft, System.nanoTime());
    }

    /** Queues the records of the groups whose second is over, all of them when the ledger closes. */
    void closeGroups(boolean all) {
        groups.take(
                System.nanoTime(),
                all,
                record -> loop.offer(new Pending(record, null, null, System.nanoTime(), FOREVER)));
    }
}
