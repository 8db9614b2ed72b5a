package dev.sallyport.ledger.tree;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.log.SignedNote;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Asks a witness for its cosignature: {@code add-checkpoint} of
 * <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>. Used by one thread.
 */
final class RemoteWitness {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WitnessSettings.Remote remote;
    private final BiFunction<Long, Long, ConsistencyProof> proofs;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private long old;

    /** What the witness said. */
    sealed interface Answer {
        /** The note with the witness's cosignature. */
        record Cosigned(SignedNote note) implements Answer {}

        /** It has seen what this log does not continue. */
        record Inconsistent(String why) implements Answer {}

        /** It could not be asked, or does not know the log or its key. */
        record NotNow(String why) implements Answer {}
    }

    RemoteWitness(WitnessSettings.Remote remote, BiFunction<Long, Long, ConsistencyProof> proofs) {
        this.remote = remote;
        this.proofs = proofs;
    }

    /**
     * Asks once, and again when the witness says from which size to begin.
     *
     * @param size the checkpoint's
     */
    Answer ask(SignedNote note, long size) throws InterruptedException {
        try {
            HttpResponse<String> response = post(note, size);
            if (response.statusCode() == 409) {
                long seen = Long.parseLong(response.body().strip());
                if (seen > size) {
                    return new Answer.Inconsistent(
                            "it has seen a log of " + seen + " rounds, and this one has " + size);
                }
                if (seen == old) {
                    return new Answer.Inconsistent("it has seen another log of " + seen + " rounds");
                }
                old = seen;
                response = post(note, size);
            }
            return answer(note, size, response);
        } catch (IOException | NumberFormatException e) {
            return new Answer.NotNow("it does not answer: " + e.getClass().getSimpleName());
        }
    }

    private HttpResponse<String> post(SignedNote note, long size) throws IOException, InterruptedException {
        var body = new StringBuilder("old " + old + "\n");
        for (Hash hash : old == 0 ? List.<Hash>of() : proofs.apply(old, size).path()) {
            body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n');
        }
        body.append('\n').append(new String(note.encode(), StandardCharsets.UTF_8));
        String prefix = remote.prefix().toString().replaceAll("/+$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(prefix + "/add-checkpoint"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Answer answer(SignedNote note, long size, HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> cosigned(note, size, response.body());
            case 409 ->
                new Answer.Inconsistent(
                        "it has seen another log: " + response.body().strip());
            case 422 -> new Answer.Inconsistent("the proof that the log continues what it has seen does not hold");
            case 404 -> new Answer.NotNow("it does not know this log's origin");
            case 403 -> new Answer.NotNow("it does not trust this log's key");
            default -> new Answer.NotNow("it answered " + response.statusCode());
        };
    }

    private Answer cosigned(SignedNote note, long size, String lines) {
        try {
            byte[] both = (new String(note.encode(), StandardCharsets.UTF_8) + lines).getBytes(StandardCharsets.UTF_8);
            for (SignedNote.Line line : SignedNote.parse(both).signatures()) {
                if (remote.key().cosigned(note, line)) {
                    old = size;
                    return new Answer.Cosigned(note.with(line));
                }
            }
            return new Answer.NotNow("its answer is not signed by its key");
        } catch (FormatException e) {
            return new Answer.NotNow("its answer is no signature: " + e.getMessage());
        }
    }
}
