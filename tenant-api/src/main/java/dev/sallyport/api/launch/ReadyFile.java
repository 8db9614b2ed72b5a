package dev.sallyport.api.launch;

import dev.sallyport.api.demo.DemoAccess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file that tells other programs where the server is. It appears whole, once the server serves, readable by its
 * owner only; it is gone while the server does not serve.
 */
final class ReadyFile {
    private final Path file;

    private ReadyFile(Path file) {
        this.file = file;
    }

    /**
     * Takes away what an earlier server left.
     *
     * @throws IOException if a folder stands there, or it cannot be taken away
     */
    static ReadyFile at(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("the ready file " + file + " is a folder");
        }
        Files.deleteIfExists(file);
        return new ReadyFile(file);
    }

    void write(JsonObject content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " lies in no folder");
        }
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(
                folder,
                ".ready-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(draft, (content.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * What the file says.
     *
     * @param host where both servers listen
     * @param port of REST
     * @param management where the management server answers, a URL
     * @param logKey the file of the log's verifier keys
     * @param access the demo's keys; empty for a server without a demo
     */
    static JsonObject content(String host, int port, String management, Path logKey, Optional<DemoAccess> access) {
        String authority = authority(host, port);
        JsonArray tenants = new JsonArray();
        access.ifPresent(demo -> demo.tenants()
                .forEach(caller -> tenants.add(new JsonObject()
                        .put("id", caller.tenant())
                        .put("key", caller.key())
                        .put("purpose", caller.purpose())
                        .put("models", new JsonArray(caller.models())))));
        return new JsonObject()
                .put("url", "http://" + authority)
                .put("authority", authority)
                .putNull("grpc")
                .put("management", management)
                .put("pid", ProcessHandle.current().pid())
                .put("tenants", tenants)
                .put("admin", access.map(demo -> key(demo.admin())).orElse(null))
                .put("auditor", access.map(demo -> key(demo.auditor())).orElse(null))
                .put("logKey", logKey.toAbsolutePath().toString());
    }

    /** Host and port as a URL has them. */
    static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static JsonObject key(String key) {
        return new JsonObject().put("key", key);
    }
}
