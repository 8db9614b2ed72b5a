package dev.sallyport.ledger.receipt;

import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptSigner;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the receipts of flushes on a thread of its own, so that a signature takes place while COMMIT is under way. Who
 * asks is held up only when the signatures of two earlier flushes are still to be made. Thread-safe.
 */
public final class ReceiptPress implements AutoCloseable {
    private final ReceiptSigner signer;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform().name("sallyport-receipts").daemon().factory(),
            // also once it is closed, so that whatever is committed gets its receipts
            (signing, pool) -> signing.run());

    /** Makes a press that signs with this. */
    public ReceiptPress(ReceiptSigner signer) {
        this.signer = signer;
    }

    /**
     * Begins to make the receipts of one attempt to commit a flush. They may leave only once it is known to be
     * committed.
     *
     * @param digests the SHA-256 of each record, 1 to {@value Receipt#MAX_RECORDS}
     * @param at the flush's time by the database's clock
     * @return the receipts' compact texts in the order of the digests
     */
    public CompletableFuture<List<String>> begin(List<byte[]> digests, Instant at) {
        long micros = KeyPeriod.micros(at);
        return CompletableFuture.supplyAsync(
                () -> signer.receipts(digests.stream().map(Hash::of).toList(), micros).stream()
                        .map(Receipt::encode)
                        .toList(),
                thread);
    }

    /** Ends the thread when it has finished what was begun; what still comes is signed by who asks. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
