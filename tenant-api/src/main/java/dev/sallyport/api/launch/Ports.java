package dev.sallyport.api.launch;

import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.config.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Tells early, and with what to do, that a port is taken. */
final class Ports {
    private Ports() {}

    /**
     * Tries both ports, before anything that takes long is started.
     *
     * @throws StartupException naming the flag that changes it, if one is in use
     */
    static void tryAll(Settings settings) {
        int rest = settings.server().port();
        int management = settings.management().port();
        if (rest != 0 && rest == management) {
            throw new StartupException(
                    "REST and management cannot share port " + rest + ": change one with --port or --management-port");
        }
        tryOne(settings.server().host(), rest, "--port");
        tryOne(settings.management().host(), management, "--management-port");
    }

    /** The sentence for a port that somebody took in the meantime; rethrows anything else. */
    static StartupException taken(String host, int port, String flag, Throwable failure) {
        return failure instanceof BindException
                ? taken(host, port, flag)
                : new StartupException(
                        "port " + port + " of " + host + " cannot be listened on: " + failure.getMessage(), failure);
    }

    private static void tryOne(String host, int port, String flag) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw taken(host, port, flag, e);
        }
    }

    private static StartupException taken(String host, int port, String flag) {
        return new StartupException("port " + port + " of " + host + " is in use: choose another with " + flag
                + ", or any free one with " + flag + " 0");
    }
}
