package dev.sallyport.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes one hit after the other: waits for the moment, sends the signal, sees to it that all comes back, reads the traces. */
final class Torturer {
    private static final long EFFECT_MS = 3_000;
    private static final long SMART_MS = 1_500;
    private static final long TERM_S = 60;

    private final Stage stage;
    private final Database database;
    private final Signals signals;
    private final Aim aim;
    private final ReclaimAim reclaim;
    private final RandomGenerator random;
    private final Violations violations;

    Torturer(Stage stage, Signals signals, RandomGenerator random, Answers answers, Violations violations) {
        this.stage = stage;
        this.database = stage.database();
        this.signals = signals;
        this.aim = new Aim(database, signals, random);
        this.reclaim = new ReclaimAim(database, signals, random, answers);
        this.random = random;
        this.violations = violations;
    }

    /** How many events each server's trace had at three times; see {@link Evidence#of}. */
    private static final class Marks {
        final Map<Node, Integer> sent = new LinkedHashMap<>();
        final Map<Node, Integer> felt = new LinkedHashMap<>();
        final Map<Node, Integer> resumed = new LinkedHashMap<>();
        final Map<Node, List<TraceEvent>> judged = new LinkedHashMap<>();
    }

    /**
     * Makes a hit and returns when every server serves again, or cannot.
     *
     * @return empty if the moment did not come; nothing was hit then
     */
    Optional<Hit> hit(int number, Cell cell) throws IOException, SQLException, InterruptedException {
        List<Node> nodes = stage.nodes();
        Node node = nodes.get(random.nextInt(nodes.size()));
        for (Node each : nodes) {
            each.trace().forget();
        }
        List<Long> known = processes(cell.target(), node);
        Optional<Moment> come = cell.phase() == Phase.LEASE_RECLAIM
                ? reclaim.at(cell, nodes.get(1 - nodes.indexOf(node)), node, known)
                : aim.at(cell, node, known);
        if (come.isEmpty()) {
            return Optional.empty();
        }
        Moment moment = come.get();
        Marks marks = new Marks();
        Map<Node, Long> before = new LinkedHashMap<>();
        nodes.forEach(each -> before.put(each, each.pid()));
        count(marks.sent);
        long at = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        strike(cell, moment, marks);
        long began = System.nanoTime();
        Set<Long> hurt = new LinkedHashSet<>(moment.pids());
        boolean served = stage.recover();
        long millis = (System.nanoTime() - began) / 1_000_000;
        if (!served) {
            violations.add("recovery", "no service within the time after " + cell + " at " + node.name());
        }
        before.forEach((each, pid) -> {
            if (!hurt.contains(pid) && each.pid() != pid) {
                violations.add("recovery", each.name() + " ended by itself after " + cell + " at " + node.name());
            }
        });
        return Optional.of(
                new Hit(number, cell, node.name(), moment.way(), at, evidence(cell, marks, before, hurt), millis));
    }

    private void strike(Cell cell, Moment moment, Marks marks) throws IOException, InterruptedException {
        switch (cell.signal()) {
            case KILL -> {
                signals.send("KILL", moment.pids());
                Signals.awaitGone(moment.pids(), EFFECT_MS);
                count(marks.felt);
                moment.letGo(signals);
            }
            case PAUSE -> {
                signals.send("STOP", moment.pids());
                Signals.awaitStopped(moment.pids(), EFFECT_MS);
                count(marks.felt);
                moment.letGo(signals);
                try {
                    Thread.sleep(pause(cell, moment));
                    count(marks.resumed);
                } finally {
                    signals.send("CONT", moment.pids().reversed());
                }
            }
            case TERM -> terminate(cell, moment, marks);
        }
    }

    /** Shorter or longer than a connection is waited for; a reclaim has taken its time before. */
    private long pause(Cell cell, Moment moment) {
        if (cell.phase() == Phase.LEASE_RECLAIM) {
            return 100L + random.nextInt(moment.paused().isEmpty() ? 300 : 2_500);
        }
        return random.nextBoolean() ? 500L + random.nextInt(2_000) : 4_500L + random.nextInt(1_500);
    }

    private void terminate(Cell cell, Moment moment, Marks marks) throws IOException, InterruptedException {
        long postmaster = cell.target().hasPostmaster() ? database.postmaster() : 0;
        signals.send("TERM", moment.pids());
        if (cell.target() == Target.BACKEND) {
            Signals.awaitGone(moment.pids(), EFFECT_MS);
        }
        count(marks.felt);
        moment.letGo(signals);
        if (cell.target().hasPostmaster() && !Signals.awaitGone(List.of(postmaster), SMART_MS)) {
            // To a postmaster TERM means: when everybody has left. A service manager loses patience, and so do we.
            for (Node each : stage.nodes()) {
                marks.judged.put(each, each.trace().events());
            }
            signals.send("INT", List.of(postmaster));
        }
        for (Node each : stage.nodes()) {
            if (moment.pids().contains(each.pid()) && !each.awaitEnd(TERM_S)) {
                violations.add("recovery", each.name() + " did not end within " + TERM_S + " s of TERM");
                signals.send("KILL", List.of(each.pid()));
            }
        }
    }

    private void count(Map<Node, Integer> marks) throws IOException {
        for (Node each : stage.nodes()) {
            marks.put(each, each.trace().events().size());
        }
    }

    private @org.jspecify.annotations.Nullable Evidence evidence(
            Cell cell, Marks marks, Map<Node, Long> before, Set<Long> hurt) throws IOException {
        List<Evidence> all = new ArrayList<>();
        for (Node each : stage.nodes()) {
            boolean ended = cell.signal() == Signal.KILL && hurt.contains(before.getOrDefault(each, 0L));
            List<TraceEvent> now = each.trace().events();
            List<TraceEvent> events = marks.judged.getOrDefault(each, now);
            int felt = marks.felt.getOrDefault(each, 0);
            // What comes after the end of a process is the next one's.
            List<TraceEvent> judged = ended ? events.subList(0, felt) : events;
            int sent = marks.sent.getOrDefault(each, 0);
            int resumed = marks.resumed.getOrDefault(each, -1);
            Optional<Evidence> found = cell.phase() == Phase.LEASE_RECLAIM
                    ? ReclaimEvidence.of(judged, sent, resumed, ended)
                    : Evidence.of(judged, sent, felt, resumed, ended);
            found.ifPresent(all::add);
        }
        return all.stream()
                .min(Comparator.comparing((Evidence found) -> found.kind())
                        .thenComparing(found -> found.phase() != cell.phase()))
                .orElse(null);
    }

    /** The processes of a target; none for a backend, which is known only when the moment comes. */
    private List<Long> processes(Target target, Node node) throws IOException {
        List<Long> pids = new ArrayList<>();
        switch (target) {
            case SERVER -> pids.add(node.pid());
            case POSTMASTER -> pids.add(database.postmaster());
            case BACKEND -> {}
            case BOTH -> {
                pids.add(node.pid());
                pids.add(database.postmaster());
            }
            case ALL -> {
                stage.nodes().forEach(each -> pids.add(each.pid()));
                pids.addAll(database.processes());
            }
        }
        if (target == Target.BOTH && random.nextBoolean()) {
            Collections.reverse(pids);
        }
        return pids;
    }
}
