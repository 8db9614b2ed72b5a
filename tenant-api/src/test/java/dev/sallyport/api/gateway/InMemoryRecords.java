package dev.sallyport.api.gateway;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.ReceiptSigner;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.GroupKey;
import dev.sallyport.ledger.RecordWriter;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
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
    private final ReceiptSigner signer = signer();
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
                        new AppendResult.Committed(append.record().id(), receipt(append.record())))
                : scripted;
        return result.thenApply(outcome -> keep(append, outcome));
    }

    /** The receipt of a flush of one. */
    private String receipt(AuditRecord record) {
        return signer.receipts(List.of(Hash.of(Sha256.digest(record.encode()))), record.at())
                .getFirst()
                .encode();
    }

    private static ReceiptSigner signer() {
        try {
            return ReceiptSigner.of(
                    "node-1", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
