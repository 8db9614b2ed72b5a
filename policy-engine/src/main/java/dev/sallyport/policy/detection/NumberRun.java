package dev.sallyport.policy.detection;

import java.util.Arrays;

/** Groups of digits with one to three of {@code " -._/"} between neighbours: "4111 1111", "123-45-6789". */
final class NumberRun {
    private static final int LONGEST_SEPARATOR = 3;

    private final String text;
    private int[] bounds = new int[16];
    private int groups;

    private NumberRun(String text) {
        this.text = text;
    }

    /** The longest run that begins with the digit at an offset. */
    static NumberRun at(String text, int start) {
        NumberRun run = new NumberRun(text);
        int next = start;
        while (next >= 0) {
            int end = Scan.digitsEnd(text, next);
            run.add(next, end);
            next = nextGroup(text, end);
        }
        return run;
    }

    private void add(int start, int end) {
        if (bounds.length < 2 * groups + 2) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * groups] = start;
        bounds[2 * groups + 1] = end;
        groups++;
    }

    private static int nextGroup(String text, int end) {
        for (int i = end; i < text.length() && i - end <= LONGEST_SEPARATOR; i++) {
            if (Scan.isDigit(text.charAt(i))) {
                return i;
            }
            if (" -._/".indexOf(text.charAt(i)) < 0) {
                return -1;
            }
        }
        return -1;
    }

    int groups() {
        return groups;
    }

    int start(int group) {
        return bounds[2 * group];
    }

    int end(int group) {
        return bounds[2 * group + 1];
    }

    int digits(int group) {
        return end(group) - start(group);
    }

    int end() {
        return end(groups - 1);
    }

    /** What stands between a group and the one before it. */
    String separatorBefore(int group) {
        return text.substring(end(group - 1), start(group));
    }
}
