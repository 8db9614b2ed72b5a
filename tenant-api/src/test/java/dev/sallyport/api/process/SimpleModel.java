package dev.sallyport.api.process;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A request to the demo's model {@code simple}: two INT32 [1,16] tensors, their sum and difference as answer. */
public final class SimpleModel {
    /** INPUT0 = 0…15, INPUT1 = 1 sixteen times. */
    public static final String REQUEST = "{\"inputs\":[" + input("INPUT0", IntStream.range(0, 16)) + ","
            + input("INPUT1", IntStream.generate(() -> 1).limit(16)) + "]}";

    private SimpleModel() {}

    private static String input(String name, IntStream data) {
        return "{\"name\":\"" + name + "\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":["
                + data.mapToObj(String::valueOf).collect(Collectors.joining(",")) + "]}";
    }
}
