package dev.sallyport.benchmarks;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Throughput, latency and CPU a request of three servers in one run: plain with Vert.x's JSON, plain with our parser,
 * and Sallyport's whole path, all with the demo's {@code credit-score}.
 *
 * <p>Sides are interleaved and their order is reversed each round; medians over the rounds are printed. Client and
 * servers share the machine, so only ratios within one run mean anything.
 */
final class Comparison {
    private static final String FROZEN_SHA256 = "a3fa90b49dc17ea082a58e4661f5b66da3fbd63a39d4afd6b77cf5cd23a67fde";
    private static final Path FROZEN = Path.of("benchmarks/src/main/java/dev/sallyport/benchmarks/PlainServer.java");

    private record Measure(LoadClient.Result load, double serverMicros, double databaseMicros) {}

    private Comparison() {}

    /**
     * Runs from the project's root.
     *
     * @param args seconds a stretch (default 10), rounds (default 3), warm-up seconds a side (default 12)
     */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 12;
        String digest = digest(FROZEN);
        System.out.println("plain server: SHA-256 " + digest
                + (digest.equals(FROZEN_SHA256) ? "" : "  CHANGED: these figures cannot be compared with others"));
        Vertx vertx = Vertx.vertx();
        try (Sides sides = Sides.start()) {
            LoadClient client = new LoadClient(vertx);
            for (Sides.Side side : sides.all()) {
                client.run(side.target(), 16, Duration.ofSeconds(warmUp));
            }
            for (int connections : new int[] {16, 64}) {
                compare(client, sides.all(), connections, rounds, Duration.ofSeconds(seconds));
            }
        } finally {
            vertx.close().await();
        }
    }

    private static void compare(
            LoadClient client, List<Sides.Side> sides, int connections, int rounds, Duration stretch)
            throws InterruptedException {
        Map<Sides.Side, List<Measure>> measures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Sides.Side side : round % 2 == 0 ? sides : sides.reversed()) {
                measures.computeIfAbsent(side, first -> new ArrayList<>())
                        .add(measure(client, side, connections, stretch));
            }
        }
        print(connections, measures);
    }

    private static Measure measure(LoadClient client, Sides.Side side, int connections, Duration stretch)
            throws InterruptedException {
        Duration server = cpu(Stream.of(side.server()));
        Duration database = databaseCpu(side);
        LoadClient.Result load = client.run(side.target(), connections, stretch);
        double answers = Math.max(1, load.answers());
        return new Measure(
                load,
                cpu(Stream.of(side.server())).minus(server).toNanos() / 1e3 / answers,
                databaseCpu(side).minus(database).toNanos() / 1e3 / answers);
    }

    private static Duration databaseCpu(Sides.Side side) {
        ProcessHandle database = side.database();
        return database == null ? Duration.ZERO : cpu(Stream.concat(Stream.of(database), database.descendants()));
    }

    private static Duration cpu(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void print(int connections, Map<Sides.Side, List<Measure>> measures) {
        System.out.printf(
                "%n%d connections, medians of %d rounds%n",
                connections, measures.values().iterator().next().size());
        System.out.printf(
                "%-28s %10s %7s %9s %9s %10s %12s %9s%n",
                "server", "answers/s", "ratio", "p50 µs", "p99 µs", "CPU µs", "Postgres µs", "failures");
        double plain = 0;
        for (Map.Entry<Sides.Side, List<Measure>> entry : measures.entrySet()) {
            List<Measure> each = entry.getValue();
            double perSecond = median(each.stream()
                    .mapToDouble(measure -> measure.load().perSecond())
                    .toArray());
            plain = plain == 0 ? perSecond : plain;
            System.out.printf(
                    "%-28s %10.0f %7.2f %9.0f %9.0f %10.1f %12.1f %9d%n",
                    entry.getKey().name(),
                    perSecond,
                    perSecond / plain,
                    median(each.stream()
                            .mapToDouble(measure -> measure.load().medianMicros())
                            .toArray()),
                    median(each.stream()
                            .mapToDouble(measure -> measure.load().p99Micros())
                            .toArray()),
                    median(each.stream().mapToDouble(Measure::serverMicros).toArray()),
                    median(each.stream().mapToDouble(Measure::databaseMicros).toArray()),
                    each.stream()
                            .mapToLong(measure -> measure.load().failures())
                            .sum());
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
