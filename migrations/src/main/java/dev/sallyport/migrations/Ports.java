package dev.sallyport.migrations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * The TCP port of a data directory: chosen once, remembered in a file, chosen again when another program has
 * taken it meanwhile.
 */
final class Ports {
    // Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 on macOS), one of
    // which could otherwise take the place while the server is being started again.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    static int choose(Path memory, RandomGenerator random) throws IOException {
        int remembered = remembered(memory);
        if (remembered > 0 && isFree(remembered)) {
            return remembered;
        }
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                Files.writeString(memory, port + "\n");
                return port;
            }
        }
        throw new DatabaseException(
                "no free port between " + LOWEST + " and " + HIGHEST + " was found for PostgreSQL", null);
    }

    private static int remembered(Path memory) throws IOException {
        try {
            return Integer.parseInt(Files.readString(memory).strip());
        } catch (NoSuchFileException | NumberFormatException none) {
            return 0;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
