package dev.sallyport.api.launch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Java's own answer to these signals is to run all shutdown hooks side by side. ONNX Runtime has one that frees its
 * native environment: it would do so under the calls that still end, and a model could not be loaded any more.
 */
/** Ctrl-C, SIGTERM and a closed terminal, heard before the JVM begins to shut down. */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private StopSignals() {}

    /**
     * Has each of the signals call {@code stop}, each time in a new thread. One that whoever started this process has
     * ignored stays ignored; one that the JVM keeps to itself (-Xrs) does what it did.
     */
    static void call(Runnable stop) {
        for (String name : NAMES) {
            try {
                handle(name, () -> Thread.ofPlatform().name("stop").start(stop));
            } catch (ReflectiveOperationException e) {
                LOG.debug("the signal {} is not to be had", name, e);
            }
        }
    }

    /** By name, since the compiler warns of {@code sun.misc.Signal} and there is no other way to hear of a signal. */
    private static void handle(String name, Runnable heard) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        MethodHandle run = MethodHandles.lookup()
                .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                .bindTo(heard);
        Object told = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), told);
    }
}
