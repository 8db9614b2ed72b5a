package dev.sallyport.api.gateway;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.GroupKey;
import dev.sallyport.ledger.RecordWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Records in memory: each append is committed at once, unless the test has said what comes of it. */
final class InMemoryRecords implements RecordWriter {
    private final List<AuditRecord> committed = new ArrayList<>();
    private final Map<GroupKey, AuditRecord> groups = new LinkedHashMap<>();
    private final Deque<CompletableFuture<AppendResult>> script = new ArrayDeque<>();

    /** What comes of the next append that has no script yet. */
    synchronized void next(CompletableFuture<AppendResult> result) {
        script.add(result);
    }

    void next(AppendResult result) {
        next(CompletableFuture.completedFuture(result));
    }

    @Override
    public synchronized CompletionStage<AppendResult> append(Append append) {
        CompletableFuture<AppendResult> scripted = script.poll();
        CompletableFuture<AppendResult> result = scripted == null
                ? CompletableFuture.completedFuture(
                        new AppendResult.Committed(append.record().id()))
                : scripted;
        return result.thenApply(outcome -> keep(append, outcome));
    }

    private synchronized AppendResult keep(Append append, AppendResult outcome) {
        if (outcome instanceof AppendResult.Committed) {
            committed.add(append.record());
        }
        return outcome;
    }

    @Override
    public synchronized String group(GroupKey key, AuditRecord draft) {
        return groups.computeIfAbsent(key, first -> draft).id();
    }

    synchronized List<AuditRecord> committed() {
        return List.copyOf(committed);
    }

    AuditRecord last() {
        return committed().getLast();
    }

    synchronized Map<GroupKey, AuditRecord> groups() {
        return Map.copyOf(groups);
    }
}
