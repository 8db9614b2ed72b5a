package dev.sallyport.api.gateway;

import dev.sallyport.api.http.Bodies;
import dev.sallyport.api.http.BodyMemory;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.api.operations.CallEnd;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.format.Ulid;
import dev.sallyport.ledger.Health;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.budget.BudgetClaim;
import dev.sallyport.ledger.budget.ReserveResult;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.ParseResult;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicyParser;
import dev.sallyport.policy.PolicySet;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gateway on a port of its own, with real policies. What stands behind its ports is in memory, so that a test can say
 * what it answers; {@link GatewayLedgerIT} has the real ledger there, and the tests of the whole process have all else.
 */
final class GatewayFixture implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final TenantId EURO = new TenantId("euro");
    static final String KEY = "sp_acme";
    static final int MAX_BODY = 100_000;
    static final int BODY_MEMORY = 3 * MAX_BODY;

    static final String POLICY = """
            apiVersion: sallyport/v1
            kind: InferencePolicy
            metadata: {name: tenant/acme, layer: tenant, owner: o@acme.example}
            spec:
              controls: {purposes: [GDPR-5.1.b]}
              purposes:
                - {id: care}
              input:
                allowed: [age, days, note, "INPUT0[0]"]
                forbidden: [ssn]
                actions:
                  - {detect: [EMAIL], do: redact}
                  - {detect: [US_SSN], do: reject, reason: SSN_IN_TEXT}
            """;

    final Vertx vertx = Vertx.vertx();
    private final ExecutorService aside = Executors.newSingleThreadExecutor();
    final InMemoryRecords records = new InMemoryRecords();
    final AnsweringWorker worker = new AnsweringWorker();
    final AcmeModels models = new AcmeModels();
    final List<CallEnd> ended = new CopyOnWriteArrayList<>();
    final List<TenantId> reloads = new CopyOnWriteArrayList<>();
    final Readiness readiness = new Readiness();
    final HttpClient client = HttpClient.newHttpClient();
    volatile boolean recording = true;
    private volatile Map<TenantId, TenantLayers> layers = Map.of();
    private volatile PolicyDocument platform = Packs.baseline();
    private volatile PolicyEngine engine = PolicyEngine.of(new PolicySet(platform, Map.of(), Map.of()));
    private final StateEpochs epochs;
    final Gateway gateway;
    private int port;

    GatewayFixture() {
        this(null);
    }

    /** @param ledger a real one that has Acme, at the state of its creation; null for records in memory and no budgets */
    GatewayFixture(@Nullable Ledger ledger) {
        epochs = ledger == null ? new StateEpochs(7, 2) : new StateEpochs(0, 1);
        readiness.serving(() -> new Health(recording, Duration.ZERO, 0, 1, false, true, Duration.ZERO));
        policy(ACME, POLICY);
        GatewayPorts ports = new GatewayPorts(
                new Bodies(vertx, MAX_BODY, Duration.ofMillis(700), new BodyMemory(BODY_MEMORY)),
                aside,
                new KnownKeys(epochs),
                models,
                (tenant, granted) -> Future.succeededFuture(
                        new PolicyLookup.Found(engine.policyFor(tenant, granted.facts()), epochs)),
                tenant -> {
                    reloads.add(tenant);
                    return Future.succeededFuture();
                },
                ledger != null ? ledger.budgets()::reserve : GatewayFixture::noBudgets,
                (tenant, record, subjects) ->
                        Future.succeededFuture(Collections.nCopies(subjects.size(), "ab".repeat(32))),
                (tenant, subjects) -> Future.succeededFuture(subjects.stream()
                        .collect(Collectors.toMap(Function.identity(), subject -> "handle-of-" + subject))),
                worker,
                ledger != null ? ledger.writer() : records,
                ledger != null ? ledger.mint() : mint(),
                InstantSource.system());
        GatewaySettings settings = new GatewaySettings("eu-central-1", Duration.ofSeconds(5), 2 * MAX_BODY);
        gateway = new Gateway(ports, settings, new Liveness(System::nanoTime), readiness, ended::add);
        vertx.deployVerticle(new HttpVerticle(
                        gateway, GatewayFixture::others, "127.0.0.1", 0, Duration.ZERO, bound -> port = bound))
                .await();
    }

    private static CompletionStage<ReserveResult> noBudgets(TenantId tenant, List<BudgetClaim> claims) {
        return CompletableFuture.completedFuture(
                new ReserveResult.Unavailable("no budgets here", Duration.ofSeconds(2)));
    }

    private static RecordMint mint() {
        InstantSource clock = InstantSource.system();
        return new RecordMint(clock, new Ulid.Factory(clock, new Random(1)), "n", () -> 1, "test");
    }

    private static void others(HttpServerRequest request) {
        Future<Void> sent = request.response().setStatusCode(299).end("others");
        sent.onFailure(Throwable::printStackTrace);
    }

    int port() {
        return port;
    }

    /** Publishes a tenant's own layer, or the platform's instead of the baseline. */
    void policy(TenantId tenant, String yaml) {
        PolicyDocument document = switch (PolicyParser.parse("tenant/" + tenant, yaml)) {
            case ParseResult.Parsed parsed -> parsed.document();
            case ParseResult.Rejected rejected ->
                throw new IllegalArgumentException(rejected.problems().toString());
        };
        if (tenant.equals(TenantId.PLATFORM)) {
            platform = document;
        } else {
            layers = Map.of(tenant, new TenantLayers(List.of(), document, Map.of()));
        }
        engine = PolicyEngine.of(new PolicySet(platform, Map.of(), layers));
    }

    HttpRequest.Builder request(String path, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        return key == null ? request : request.header("X-API-Key", key);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, @Nullable String key) throws IOException, InterruptedException {
        return send(request(path, key));
    }

    HttpResponse<String> post(String path, @Nullable String key, String body) throws IOException, InterruptedException {
        return send(request(path, key).POST(BodyPublishers.ofString(body)));
    }

    /** Asks the classifier about one row. */
    HttpResponse<String> risk(String note) throws IOException, InterruptedException {
        return post("/v2/models/risk/infer", KEY, risk("\"id\":\"r\",", note));
    }

    static String risk(String members, String note) {
        return "{" + members
                + "\"inputs\":[{\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]},"
                + "{\"name\":\"note\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":["
                + new JsonArray().add(note).encode().replaceAll("^\\[|]$", "") + "]}]}";
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static String error(HttpResponse<String> response) {
        JsonObject body = new JsonObject(response.body());
        if (!body.fieldNames().equals(Set.of("error"))) {
            throw new AssertionError("not the protocol's error: " + response.body());
        }
        return body.getString("error");
    }

    @Override
    public void close() {
        client.close();
        vertx.close().await();
    }
}
