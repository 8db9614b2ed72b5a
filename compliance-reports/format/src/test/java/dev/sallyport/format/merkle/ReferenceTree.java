package dev.sallyport.format.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The definitions of RFC 9162, section 2.1, word for word and recursive, with nothing of the code under test. Leaves
 * are empty but for the named ones, so that trees of any size can be had: whatever has no named leaf in it is known by
 * its height.
 */
final class ReferenceTree {
    private final NavigableSet<Long> named;
    private final Map<List<Long>, byte[]> known = new HashMap<>();
    private final List<byte[]> uniform = new ArrayList<>();

    private ReferenceTree(NavigableSet<Long> named) {
        this.named = named;
        uniform.add(sha256(new byte[] {0}));
        while (uniform.size() <= 62) {
            uniform.add(sha256(new byte[] {1}, uniform.getLast(), uniform.getLast()));
        }
    }

    /** A tree whose first leaves are all named, so all different. */
    static ReferenceTree counted(long leaves) {
        var named = new TreeSet<Long>();
        for (long i = 0; i < leaves; i++) {
            named.add(i);
        }
        return new ReferenceTree(named);
    }

    static ReferenceTree sparse(Iterable<Long> named) {
        var set = new TreeSet<Long>();
        named.forEach(set::add);
        return new ReferenceTree(set);
    }

    Hash leaf(long index) {
        return Hash.of(mth(index, index + 1));
    }

    Hash root(long size) {
        return Hash.of(size == 0 ? sha256() : mth(0, size));
    }

    TreeHead head(long size) {
        return new TreeHead(size, root(size));
    }

    List<Hash> path(long index, long size) {
        return hashes(path(index, 0, size));
    }

    List<Hash> proof(long first, long second) {
        return hashes(subproof(first, 0, second, true));
    }

    /** Says on which side each hash of an inclusion path stands: trees in which this is the same have the same paths. */
    static String shape(long index, long size) {
        if (size == 1) {
            return "";
        }
        long k = k(size);
        return index < k ? shape(index, k) + "R" : shape(index - k, size - k) + "L";
    }

    /** Says the same of a consistency path. */
    static String shape(long first, long second, boolean whole) {
        if (first == second) {
            return whole ? "=" : "+";
        }
        long k = k(second);
        return first <= k ? shape(first, k, whole) + "R" : shape(first - k, second - k, false) + "L";
    }

    byte[] tile(Tile tile) {
        int level = tile.level() * 8;
        var bytes = new byte[tile.width() * 32];
        for (int i = 0; i < tile.width(); i++) {
            long n = tile.index() * 256 + i;
            System.arraycopy(mth(n << level, (n + 1) << level), 0, bytes, i * 32, 32);
        }
        return bytes;
    }

    List<Hash> nodes(List<Node> nodes) {
        return nodes.stream()
                .map(n -> Hash.of(mth(n.index() << n.level(), (n.index() + 1) << n.level())))
                .toList();
    }

    private byte[] mth(long from, long to) {
        Long first = named.ceiling(from);
        if (Long.bitCount(to - from) == 1 && (first == null || first >= to)) {
            return uniform.get(Long.numberOfTrailingZeros(to - from));
        }
        byte[] hash = known.get(List.of(from, to));
        if (hash == null) {
            long k = k(to - from);
            hash = to - from == 1
                    ? sha256(new byte[] {0}, ("leaf " + from).getBytes(StandardCharsets.US_ASCII))
                    : sha256(new byte[] {1}, mth(from, from + k), mth(from + k, to));
            known.put(List.of(from, to), hash);
        }
        return hash;
    }

    private List<byte[]> path(long m, long from, long to) {
        if (to - from == 1) {
            return new ArrayList<>();
        }
        long k = k(to - from);
        List<byte[]> path = m < k ? path(m, from, from + k) : path(m - k, from + k, to);
        path.add(m < k ? mth(from + k, to) : mth(from, from + k));
        return path;
    }

    private List<byte[]> subproof(long m, long from, long to, boolean whole) {
        if (m == to - from) {
            return whole ? new ArrayList<>() : new ArrayList<>(List.of(mth(from, to)));
        }
        long k = k(to - from);
        List<byte[]> proof = m <= k ? subproof(m, from, from + k, whole) : subproof(m - k, from + k, to, false);
        proof.add(m <= k ? mth(from + k, to) : mth(from, from + k));
        return proof;
    }

    private static long k(long n) {
        long k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static List<Hash> hashes(List<byte[]> bytes) {
        return bytes.stream().map(Hash::of).toList();
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
