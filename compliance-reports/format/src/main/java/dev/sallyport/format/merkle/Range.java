package dev.sallyport.format.merkle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The leaves under one hash of a proof: those from {@code from} up to, not including, {@code to}, of which there is at
 * least one. A range that RFC 9162 hashes begins at a multiple of the smallest power of two that is not below its
 * length, so it splits into full nodes of descending levels.
 */
record Range(long from, long to) {
    /** The ranges of an inclusion path, from the leaf upwards: PATH(m, D_n) of RFC 9162, section 2.1.3.1. */
    static List<Range> inclusion(long index, long size) {
        Deque<Range> path = new ArrayDeque<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long split = split(from, to);
            if (index < split) {
                path.addFirst(new Range(split, to));
                to = split;
            } else {
                path.addFirst(new Range(from, split));
                from = split;
            }
        }
        return List.copyOf(path);
    }

    /** The ranges of a consistency path: PROOF(m, D_n) of RFC 9162, section 2.1.4.1, for 0 < first < second. */
    static List<Range> consistency(long first, long second) {
        Deque<Range> path = new ArrayDeque<>();
        long from = 0;
        long to = second;
        while (first != to) {
            long split = split(from, to);
            if (first <= split) {
                path.addFirst(new Range(split, to));
                to = split;
            } else {
                path.addFirst(new Range(from, split));
                from = split;
            }
        }
        // A range from 0 is the whole older tree, whose root the verifier has.
        if (from > 0) {
            path.addFirst(new Range(from, to));
        }
        return List.copyOf(path);
    }

    /** Returns where the range divides: its beginning and the largest power of two below its length. */
    private static long split(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }

    /** Returns the full nodes over the range, from left to right, of descending levels. */
    List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        for (long at = from; at < to; ) {
            int level = 63 - Long.numberOfLeadingZeros(to - at);
            nodes.add(new Node(level, at >> level));
            at += 1L << level;
        }
        return nodes;
    }

    /** Computes each range's hash, reading all nodes at once. */
    static List<Hash> hashes(List<Range> ranges, HashSource source) {
        List<List<Node>> nodes = ranges.stream().map(Range::nodes).toList();
        List<Node> wanted = nodes.stream().flatMap(List::stream).toList();
        List<Hash> read = wanted.isEmpty() ? List.of() : read(wanted, source);
        var hashes = new ArrayList<Hash>();
        int at = 0;
        for (List<Node> of : nodes) {
            hashes.add(fold(read.subList(at, at + of.size())));
            at += of.size();
        }
        return hashes;
    }

    static List<Hash> read(List<Node> nodes, HashSource source) {
        List<Hash> read = source.read(nodes);
        if (read.size() != nodes.size()) {
            throw new IllegalStateException("the source gave " + read.size() + " hashes for " + nodes.size());
        }
        return read;
    }

    /** Hashes full nodes of descending levels together, from the right. */
    static Hash fold(List<Hash> nodes) {
        Hash hash = nodes.getLast();
        for (int i = nodes.size() - 2; i >= 0; i--) {
            hash = Hash.node(nodes.get(i), hash);
        }
        return hash;
    }
}
