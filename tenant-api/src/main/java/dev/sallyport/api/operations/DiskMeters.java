package dev.sallyport.api.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows how full a volume is. Must be kept for as long as its meters. */
final class DiskMeters {
    private final MeterRegistry registry;
    private final DiskWatch watch;
    private final String volume;

    DiskMeters(MeterRegistry registry, DiskWatch watch, String volume) {
        this.registry = registry;
        this.watch = watch;
        this.volume = volume;
        gauge("used", "Bytes used of what records need room in", VolumeUse::used);
        gauge("capacity", "Bytes that it holds, used and free together", VolumeUse::capacity);
    }

    private void gauge(String name, String description, ToDoubleFunction<VolumeUse> value) {
        Gauge.builder("sallyport.volume." + name, watch, of -> now(of, value))
                .description(description)
                .baseUnit("bytes")
                .tag("volume", volume)
                .register(registry);
    }

    private double now(DiskWatch of, ToDoubleFunction<VolumeUse> value) {
        return of.last().stream()
                .filter(use -> use.volume().equals(volume))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
