package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The processes of one data directory. PostgreSQL's processes all work in their data directory, which tells
 * them from a process that merely has got the number of one that died; where the system does not show it
 * (macOS), the command line does.
 *
 * @param cluster the data directory, absolute
 */
record ClusterProcesses(Path cluster) {

    /** Whether the process with this number is a PostgreSQL of this data directory. False for a dead one, a zombie included. */
    boolean isOurs(long pid) {
        return ProcessHandle.of(pid).filter(this::isOurs).isPresent();
    }

    /** All that run now, without those who are about to go with their parent. */
    List<ProcessHandle> all() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        Path directory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                return Files.isSymbolicLink(directory)
                        && directory.toRealPath().equals(cluster.toRealPath())
                        && isPostgres(process);
            } catch (IOException gone) {
                return false;
            }
        }
        return isPostgres(process)
                && process.info()
                        .arguments()
                        .map(words -> Arrays.asList(words).contains(cluster.toString()))
                        .orElse(false);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.replace(" (deleted)", "").endsWith("/postgres"))
                .orElse(false);
    }
}
