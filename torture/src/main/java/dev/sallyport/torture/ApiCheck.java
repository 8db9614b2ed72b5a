package dev.sallyport.torture;

import dev.sallyport.format.Envelope;
import dev.sallyport.format.Sha256;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.format.log.TenantVerdict;
import dev.sallyport.format.log.VerifierKey;
import dev.sallyport.format.merkle.Hash;
import dev.sallyport.format.merkle.InclusionProof;
import dev.sallyport.format.merkle.ProofVerdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What an auditor without a database sees: some answers' records by the interface, each with the proof of its place. */
final class ApiCheck {
    private static final int SAMPLES = 100;

    private final Node node;
    private final Violations violations;
    private final String auditor;

    /** @param node the server that is asked; it serves */
    ApiCheck(Node node, Violations violations) {
        this.node = node;
        this.violations = violations;
        this.auditor = node.access().getJsonObject("auditor").getString("key");
    }

    /** Asks for a sample of the answers. */
    void run(List<Answers.Answer> answers, RandomGenerator random) throws IOException, InterruptedException {
        try (Calls calls = new Calls("audit")) {
            String url = String.valueOf(node.url());
            JsonObject published = json(calls.get(url + "/.well-known/sallyport/log-keys", auditor));
            List<VerifierKey> keys = new ArrayList<>();
            for (Object key : published.getJsonArray("keys", new JsonArray())) {
                keys.add(VerifierKey.parse(((JsonObject) key).getString("vkey")));
            }
            for (int i = 0; i < SAMPLES && !answers.isEmpty(); i++) {
                Answers.Answer answer = answers.get(random.nextInt(answers.size()));
                String record = url + "/audit/v1/records/" + answer.record();
                violations.looked("proofs", 1);
                String wrong = proved(answer, calls.get(record, auditor), calls.get(record + "/proof", auditor), keys);
                if (!wrong.isEmpty()) {
                    violations.add("proofs", "of " + answer.record() + ": " + wrong);
                }
            }
        }
    }

    /** What is wrong with a record and its proof; empty if nothing is. */
    private static String proved(
            Answers.Answer answer, HttpResponse<String> record, HttpResponse<String> proof, List<VerifierKey> keys) {
        if (record.statusCode() != 200 || proof.statusCode() != 200) {
            return "answered " + record.statusCode() + " and " + proof.statusCode();
        }
        JsonObject json = json(proof);
        Envelope envelope =
                Envelope.parse(json.getJsonObject("envelope").encode().getBytes(StandardCharsets.UTF_8));
        byte[] bytes = record.body().getBytes(StandardCharsets.UTF_8);
        if (!envelope.record().equals(Sha256.hex(bytes))) {
            return "the envelope is another record's";
        }
        byte[] checkpoint = json.getJsonObject("checkpoint").encode().getBytes(StandardCharsets.UTF_8);
        TenantVerdict verdict = TenantCheckpoint.verify(checkpoint, answer.tenant(), keys);
        if (!(verdict instanceof TenantVerdict.Valid valid)) {
            return String.valueOf(verdict);
        }
        List<Hash> path = json.getJsonArray("path", new JsonArray()).stream()
                .map(hash -> Hash.parse(String.valueOf(hash)))
                .toList();
        ProofVerdict place = new InclusionProof(envelope.index(), path)
                .verify(Hash.leaf(envelope.encode()), valid.leaf().head());
        return place instanceof ProofVerdict.Proven ? "" : String.valueOf(place);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }
}
