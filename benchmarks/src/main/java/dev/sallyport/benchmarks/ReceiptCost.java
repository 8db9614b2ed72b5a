package dev.sallyport.benchmarks;

import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptSigner;
import dev.sallyport.ledger.receipt.EphemeralKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The receipts of a flush as text: what they cost in CPU, by the flush's size. */
final class ReceiptCost {
    private static final int[] SIZES = {1, 8, 64, 1_000};
    private static final int ROUNDS = 4;
    private static final int RECORDS = 40_000;
    private static final int MOST_FLUSHES = 2_000;
    private static final int SEED = 1;

    private ReceiptCost() {}

    /** Prints a line a size, of the last round; the others warm up. */
    public static void main(String[] args) {
        EphemeralKey key = new EphemeralKey();
        ReceiptSigner signer = new ReceiptSigner("node-1", key.publicKey(), key::sign);
        for (int round = 1; round <= ROUNDS; round++) {
            for (int size : SIZES) {
                double micros = round(signer, size);
                if (round == ROUNDS) {
                    System.out.printf("%,d records: %.0f µs of CPU, %.1f µs a record%n", size, micros, micros / size);
                }
            }
        }
    }

    /** Returns the CPU of one flush's receipts in microseconds. */
    private static double round(ReceiptSigner signer, int size) {
        List<Hash> digests = new ArrayList<>();
        Random random = new Random(SEED);
        for (int i = 0; i < size; i++) {
            byte[] digest = new byte[Hash.BYTES];
            random.nextBytes(digest);
            digests.add(Hash.of(digest));
        }
        int flushes = Math.min(MOST_FLUSHES, RECORDS / size);
        long characters = 0;
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < flushes; i++) {
            for (Receipt receipt : signer.receipts(digests, i)) {
                characters += receipt.encode().length();
            }
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
        if (characters < (long) flushes * size) {
            throw new IllegalStateException("receipts have text");
        }
        return took / 1_000.0 / flushes;
    }
}
