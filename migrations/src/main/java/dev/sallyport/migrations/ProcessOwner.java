package dev.sallyport.migrations;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * As whom PostgreSQL's programs run, since they refuse to run as root: as ourselves; or, where we are root, as
 * root inside a user namespace in which it is nobody; or, where such namespaces are forbidden (as in many
 * containers), as another user, to whom the data then belongs.
 *
 * @param prefix the words that go before a command; empty when we are not root
 * @param user the owner of the data, by name
 */
record ProcessOwner(List<String> prefix, String user) {
    private static final long PROBE_SECONDS = 5;

    /** Finds the first way that works here. */
    static ProcessOwner detect() throws IOException {
        UnixSystem system = new UnixSystem();
        if (system.getUid() != 0) {
            return new ProcessOwner(List.of(), system.getUsername());
        }
        ProcessOwner namespace = new ProcessOwner(List.of("unshare", "--user"), "root");
        if (namespace.works()) {
            return namespace;
        }
        for (String user : List.of("postgres", "nobody")) {
            ProcessOwner other = as(user);
            if (other.works()) {
                return other;
            }
        }
        throw new DatabaseException(
                "PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv --reuid` works here: start "
                        + "Sallyport as another user, or set database.url to a PostgreSQL server of your own",
                null);
    }

    /** Another user, with that user's own group and no other. */
    static ProcessOwner as(String user) {
        return new ProcessOwner(List.of("setpriv", "--reuid", user, "--regid", group(user), "--clear-groups"), user);
    }

    /** Gives a directory and all in it to the owner, unless it is theirs already. */
    void own(Path root) throws IOException {
        if (prefix.isEmpty() || !Files.exists(root)) {
            return;
        }
        UserPrincipal owner =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
        if (!Files.getOwner(root).equals(owner)) {
            Trees.deepestFirst(
                    root,
                    path -> Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setOwner(owner));
        }
    }

    /** @throws DatabaseException if the owner cannot reach a directory that it needs, say below /root */
    void requireReach(Path directory) throws IOException {
        if (!prefix.isEmpty() && !run("test", "-x", directory.toString())) {
            throw new DatabaseException(
                    "as root, PostgreSQL runs as the user " + user + ", who cannot enter " + directory
                            + ": choose a data directory that everybody may pass through, or start Sallyport as another user",
                    null);
        }
    }

    private boolean works() {
        return run("true");
    }

    private boolean run(String... command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        return output(words).isPresent();
    }

    private static String group(String user) {
        return output(List.of("id", "-g", user)).orElse("nogroup").strip();
    }

    /** What a short command says; empty when it fails or is not there. */
    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return good ? Optional.of(said) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
