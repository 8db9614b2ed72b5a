package dev.sallyport.inference.lane;

import dev.sallyport.inference.LoadedModel;
import dev.sallyport.inference.ModelRunException;
import dev.sallyport.inference.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The root model by hand: counts its runs, and does each only when it is let. */
final class HandModel implements LoadedModel {
    final List<Long> batches = new CopyOnWriteArrayList<>();
    final AtomicInteger closes = new AtomicInteger();
    final Semaphore begun = new Semaphore(0);
    final Semaphore let = new Semaphore(0);
    volatile boolean outOfMemory;
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public List<Tensor> run(List<Tensor> batch) throws ModelRunException {
        if (inside.incrementAndGet() != 1 || closes.get() > 0) {
            throw new AssertionError("two runs at once, or one after the end");
        }
        try {
            batches.add(batch.getFirst().rows());
            begun.release();
            if (!let.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new ModelRunException("never let");
            }
            if (outOfMemory) {
                throw new OutOfMemoryError("as if");
            }
            float[] roots = new float[(int) batch.getFirst().rows()];
            for (int i = 0; i < roots.length; i++) {
                roots[i] = (float) Math.sqrt(batch.getFirst().asFloats().get(i));
            }
            return List.of(Tensor.floats("y", new long[] {roots.length, 1}, roots));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelRunException("interrupted", e);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void close() {
        if (inside.get() != 0) {
            throw new AssertionError("freed while it runs");
        }
        closes.incrementAndGet();
    }
}
