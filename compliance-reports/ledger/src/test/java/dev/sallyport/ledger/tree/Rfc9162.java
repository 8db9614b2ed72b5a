package dev.sallyport.ledger.tree;

import dev.sallyport.format.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The definitions of RFC 9162, section 2.1, word for word: slow, and sharing nothing with the code under test. */
final class Rfc9162 {
    private Rfc9162() {}

    /** MTH(D_n): section 2.1.1. */
    static byte[] mth(List<byte[]> d) {
        if (d.isEmpty()) {
            return Sha256.digest(new byte[0]);
        }
        if (d.size() == 1) {
            return hash(new byte[] {0}, d.getFirst());
        }
        int k = k(d.size());
        return hash(new byte[] {1}, mth(d.subList(0, k)), mth(d.subList(k, d.size())));
    }

    /** PATH(m, D_n): section 2.1.3.1. */
    static List<String> path(int m, List<byte[]> d) {
        if (d.size() == 1) {
            return List.of();
        }
        int k = k(d.size());
        return m < k
                ? and(path(m, d.subList(0, k)), mth(d.subList(k, d.size())))
                : and(path(m - k, d.subList(k, d.size())), mth(d.subList(0, k)));
    }

    /** PROOF(m, D_n): section 2.1.4.1. */
    static List<String> proof(int m, List<byte[]> d) {
        return subproof(m, d, true);
    }

    private static List<String> subproof(int m, List<byte[]> d, boolean b) {
        if (m == d.size()) {
            return b ? List.of() : and(List.of(), mth(d));
        }
        int k = k(d.size());
        return m <= k
                ? and(subproof(m, d.subList(0, k), b), mth(d.subList(k, d.size())))
                : and(subproof(m - k, d.subList(k, d.size()), false), mth(d.subList(0, k)));
    }

    /** The largest power of two below n. */
    private static int k(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static List<String> and(List<String> path, byte[] hash) {
        var longer = new ArrayList<>(path);
        longer.add(HexFormat.of().formatHex(hash));
        return longer;
    }

    private static byte[] hash(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Sha256.digest(all.toByteArray());
    }
}
