package dev.sallyport.verifier;

import dev.sallyport.format.export.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Runs the command line on files in a folder. */
final class Verified {
    private final Path folder;
    private final List<String> arguments = new ArrayList<>();
    private int files;

    /**
     * What came of it.
     *
     * @param exit the exit code
     * @param out standard output
     * @param err standard error
     */
    record Outcome(int exit, String out, String err) {
        boolean has(Code code) {
            return out.contains(" " + code.name() + ": ");
        }
    }

    Verified(Path folder, byte[] logKey) {
        this.folder = folder;
        with("--log-key", logKey);
    }

    Verified with(String option, byte[] content) {
        arguments.addAll(List.of(option, file(content).toString()));
        return this;
    }

    private Path file(byte[] content) {
        try {
            return Files.write(folder.resolve("file-" + ++files), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zip(Map<Member, byte[]> members) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<Member, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey().fileName()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Outcome of(Map<Member, byte[]> members) {
        return of(zip(members));
    }

    Outcome of(byte[] archive) {
        var all = new ArrayList<>(arguments);
        all.add(file(archive).toString());
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Outcome(exit, out.toString(), err.toString());
    }
}
