package dev.sallyport.torture;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends signals to processes by number. A shell stands by for it: starting a program for each signal would take
 * milliseconds, longer than the moments that are aimed at. Used by one thread at a time.
 */
final class Signals implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");

    private final Process shell;
    private final BufferedWriter orders;
    private final BufferedReader done;

    private Signals(Process shell) {
        this.shell = shell;
        this.orders = shell.outputWriter();
        this.done = shell.inputReader();
    }

    static Signals open() throws IOException {
        return new Signals(new ProcessBuilder(apart(List.of("sh")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The words that start a program in a session of its own, so that a Ctrl-C at the terminal reaches only us. */
    static List<String> apart(List<String> words) {
        if (!Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            return words;
        }
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(words);
        return command;
    }

    /**
     * Sends a signal to each process, in order; a process that is gone is passed over.
     *
     * @param name such as {@code KILL}
     */
    synchronized void send(String name, Collection<Long> pids) throws IOException {
        if (pids.isEmpty()) {
            return;
        }
        String numbers = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        orders.write("kill -" + name + " " + numbers + "; echo done\n");
        orders.flush();
        if (done.readLine() == null) {
            throw new IOException("the shell that sends signals has ended");
        }
    }

    /** Waits until each process is gone; false if one is still there after the time. */
    static boolean awaitGone(Collection<Long> pids, long millis) throws InterruptedException {
        return await(pids, millis, "ZX");
    }

    /** Waits until each process is stopped or gone; false if one still runs after the time. */
    static boolean awaitStopped(Collection<Long> pids, long millis) throws InterruptedException {
        return await(pids, millis, "TtZX");
    }

    static boolean isGone(long pid) {
        return "ZX".indexOf(state(pid)) >= 0;
    }

    private static boolean await(Collection<Long> pids, long millis, String states) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!pids.stream().allMatch(pid -> states.indexOf(state(pid)) >= 0)) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MICROSECONDS.sleep(200);
        }
        return true;
    }

    /** The letter of proc(5), X for a process that is gone. Where there is no /proc, a living process counts as stopped. */
    private static char state(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() ? 'T' : 'X';
        }
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // The second word is the program's name in parentheses, which may hold anything.
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return 'X';
        }
    }

    /** The processes that work in a directory, as PostgreSQL's do in their cluster. */
    static List<Long> workingIn(Path directory) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> isWorkingIn(pid, directory) && !isGone(pid))
                .toList();
    }

    private static boolean isWorkingIn(long pid, Path directory) {
        try {
            return Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("cwd"))
                    .equals(directory);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    @Override
    public void close() {
        shell.destroy();
    }
}
