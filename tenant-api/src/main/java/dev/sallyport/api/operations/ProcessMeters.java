package dev.sallyport.api.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Shows how the process is, asked at each scrape. Must be kept for as long as its meters. */
final class ProcessMeters {
    private final MeterRegistry registry;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

    ProcessMeters(MeterRegistry registry) {
        this.registry = registry;
        bytes(
                "sallyport.heap.used",
                "Bytes of the heap in use",
                of -> of.getHeapMemoryUsage().getUsed());
        bytes(
                "sallyport.heap.limit",
                "Bytes that the heap may grow to",
                of -> of.getHeapMemoryUsage().getMax());
        Gauge.builder("sallyport.threads", threads, ThreadMXBean::getThreadCount)
                .description("Platform threads")
                .register(registry);
        TimeGauge.builder("sallyport.uptime", runtime, TimeUnit.MILLISECONDS, RuntimeMXBean::getUptime)
                .description("Time since the process started")
                .register(registry);
        seconds("sallyport.gc", "Time spent collecting garbage", ProcessMeters::gcSeconds);
        seconds("sallyport.cpu", "Processor time used", ProcessMeters::cpuSeconds);
    }

    private void bytes(String name, String description, ToLongFunction<MemoryMXBean> value) {
        Gauge.builder(name, memory, value::applyAsLong)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    private void seconds(String name, String description, ToDoubleFunction<ProcessMeters> value) {
        FunctionCounter.builder(name, this, value)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private double gcSeconds() {
        return collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }

    private double cpuSeconds() {
        return system instanceof com.sun.management.OperatingSystemMXBean known ? known.getProcessCpuTime() / 1e9 : 0;
    }
}
