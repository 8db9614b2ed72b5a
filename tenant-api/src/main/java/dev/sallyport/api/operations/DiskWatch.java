package dev.sallyport.api.operations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every ten seconds how full the volumes are that records need, and tells when one reaches or leaves a level. */
public final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long EVERY_S = 10;

    private final List<Callable<VolumeUse>> volumes;
    private final Listener listener;
    private final Map<String, DiskLevel> levels = new HashMap<>();
    private final Map<DiskLevel, String> advice = new EnumMap<>(Map.of(
            DiskLevel.FILLING, "make room before nothing can be recorded",
            DiskLevel.ALMOST_FULL, "make room now: when it is full nothing is recorded and calls are answered 503"));
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sallyport-disk").daemon().factory());

    private volatile List<VolumeUse> last = List.of();

    /** Hears of levels that were reached or left; called on the watch's thread, may block. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A volume has changed its level.
         *
         * @param use how full it is
         * @param before its level until now
         * @param after its level from now on
         */
        void changed(VolumeUse use, DiskLevel before, DiskLevel after);
    }

    /**
     * Prepares a watch; {@link #start} begins it.
     *
     * @param volumes measure one volume each; may block, and fail for a while
     * @param listener hears of changes
     */
    public DiskWatch(List<Callable<VolumeUse>> volumes, Listener listener) {
        this.volumes = List.copyOf(volumes);
        this.listener = listener;
    }

    /** Looks for the first time and then again and again. */
    public void start() {
        look();
        ScheduledFuture<?> scheduled = thread.scheduleWithFixedDelay(this::look, EVERY_S, EVERY_S, TimeUnit.SECONDS);
        if (scheduled.isDone()) {
            throw new IllegalStateException("the watch over disks does not run");
        }
    }

    /** Returns how full the volumes were when they were last looked at; those that could not be measured are left out. */
    public List<VolumeUse> last() {
        return last;
    }

    void look() {
        List<VolumeUse> measured = new ArrayList<>();
        for (Callable<VolumeUse> volume : volumes) {
            measure(volume).ifPresent(use -> {
                measured.add(use);
                judge(use);
            });
        }
        last = List.copyOf(measured);
    }

    private static Optional<VolumeUse> measure(Callable<VolumeUse> volume) {
        try {
            return Optional.of(volume.call());
        } catch (Exception e) {
            LOG.debug("a volume cannot be measured now", e);
            return Optional.empty();
        }
    }

    private void judge(VolumeUse use) {
        DiskLevel before = levels.getOrDefault(use.volume(), DiskLevel.FINE);
        DiskLevel after = before.next(use.percent());
        if (after == before) {
            return;
        }
        levels.put(use.volume(), after);
        if (after == DiskLevel.FINE) {
            LOG.info("the volume {} has room again: {} % used", use.volume(), use.percent());
        } else if (after == DiskLevel.ALMOST_FULL) {
            LOG.error("the volume {} is {} % full: {}", use.volume(), use.percent(), advice.get(after));
        } else {
            LOG.warn("the volume {} is {} % full: {}", use.volume(), use.percent(), advice.get(after));
        }
        try {
            listener.changed(use, before, after);
        } catch (RuntimeException e) {
            LOG.warn("the level of a volume could not be told", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
