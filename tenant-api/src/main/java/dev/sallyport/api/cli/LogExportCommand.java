package dev.sallyport.api.cli;

import dev.sallyport.verifier.KeptSizes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches a range of a log from a server. */
@Command(
        name = "export",
        description =
                "Writes a range of a tenant's log to a file, to be verified offline. SALLYPORT_URL names the server,"
                        + " SALLYPORT_KEY is an auditor's key.",
        mixinStandardHelpOptions = true)
final class LogExportCommand implements Callable<Integer> {
    private static final int MOST_PROBLEM_BYTES = 1 << 16;

    private final Surroundings surroundings;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Whose log; the key's own where left out.")
    private @Nullable String tenant;

    @Option(names = "--from", paramLabel = "N", description = "The first index; 0 where left out.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "N", description = "The index after the last; all where left out.")
    private @Nullable Long to;

    @Option(
            names = "--previous",
            paramLabel = "FILE",
            description = "A checkpoint or package that was kept; the package will show that it is continued.")
    private List<Path> previous = new ArrayList<>();

    @Option(names = "--witness", paramLabel = "FILE", description = "A witness's notes, to be shown as continued.")
    private @Nullable Path witness;

    @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the key, in place of SALLYPORT_KEY.")
    private @Nullable Path keyFile;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "Where the package goes.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    LogExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            fetch(KeptSizes.read(previous, Optional.ofNullable(witness)));
            return ExitCode.GOOD;
        } catch (IOException e) {
            throw new StartupException(
                    "the server cannot be reached, or the file not be written: " + e.getMessage(), e);
        }
    }

    private void fetch(KeptSizes kept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(kept))
                .header("Authorization", "Bearer " + key())
                .timeout(Duration.ofMinutes(1))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    String problem = new String(body.readNBytes(MOST_PROBLEM_BYTES), StandardCharsets.UTF_8);
                    throw new StartupException("the server answered " + answer.statusCode() + ": " + problem);
                }
                save(body);
            }
        }
    }

    /** A package that broke off is never found under its name. */
    private void save(InputStream body) throws IOException {
        Path draft = Path.of(output + ".part");
        try {
            Files.copy(body, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, output, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private URI address(KeptSizes kept) {
        var query = new ArrayList<String>();
        add(query, "tenant", tenant);
        add(query, "from", from);
        add(query, "to", to);
        add(query, "tenantSizes", joined(kept.tree()));
        add(query, "logSizes", joined(kept.log()));
        String url = surroundings.environment().getOrDefault("SALLYPORT_URL", "");
        try {
            return URI.create(url.replaceAll("/+$", "") + "/audit/v1/log?" + String.join("&", query))
                    .parseServerAuthority();
        } catch (IllegalArgumentException | java.net.URISyntaxException e) {
            throw new StartupException("set SALLYPORT_URL to the server's address, such as http://127.0.0.1:8000", e);
        }
    }

    private static @Nullable String joined(SortedSet<Long> sizes) {
        return sizes.isEmpty() ? null : sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static void add(List<String> query, String name, @Nullable Object value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private String key() throws IOException {
        String key = keyFile == null
                ? surroundings.environment().getOrDefault("SALLYPORT_KEY", "")
                : Files.readString(keyFile).strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new StartupException("set SALLYPORT_KEY to an auditor's key, or name a file with --key-file");
        }
        return key;
    }
}
