package dev.sallyport.api.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.Identity;
import dev.sallyport.api.identity.IdentityResult;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.api.operations.CallEnd;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.format.Ulid;
import dev.sallyport.inference.Classifier;
import dev.sallyport.inference.Datatype;
import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.OutputFacts;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.Signature;
import dev.sallyport.inference.Tensor;
import dev.sallyport.inference.TensorSpec;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.ledger.BudgetClaim;
import dev.sallyport.ledger.Health;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.ReserveResult;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway on a port of its own, with real policies and everything else made by hand. */
final class GatewayFixture implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final TenantId EURO = new TenantId("euro");
    static final String KEY = "sp_acme";
    static final int MAX_BODY = 100_000;

    static final Signature SIMPLE = new Signature(
            List.of(spec("INPUT0", Datatype.INT32, 1, 16), spec("INPUT1", Datatype.INT32, 1, 16)),
            List.of(spec("OUTPUT0", Datatype.INT32, 1, 16), spec("OUTPUT1", Datatype.INT32, 1, 16)),
            List.of(),
            null);
    static final Signature RISK = Signature.classifier(
            List.of(spec("features", Datatype.FP32, -1, 2), spec("note", Datatype.BYTES, -1)),
            List.of(
                    Field.column("age", "features", 0),
                    Field.column("days", "features", 1).withMissing(-1),
                    Field.ignored("note")),
            Classifier.of(List.of("low", "high"), "p"));

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
    final FakeRecords records = new FakeRecords();
    final List<Job> jobs = new CopyOnWriteArrayList<>();
    final List<CallEnd> ended = new CopyOnWriteArrayList<>();
    final List<TenantId> reloads = new CopyOnWriteArrayList<>();
    final Readiness readiness = new Readiness();
    final HttpClient client = HttpClient.newHttpClient();
    volatile boolean recording = true;
    volatile Function<Job, Reply> model = GatewayFixture::run;
    volatile @Nullable IdentityResult identity;
    private volatile Map<TenantId, TenantLayers> layers = Map.of();
    private volatile PolicyEngine engine = PolicyEngine.of(new PolicySet(Packs.baseline(), Map.of(), Map.of()));
    private final StateEpochs epochs;
    final Gateway gateway;
    private int port;

    GatewayFixture() {
        this(null);
    }

    /** @param ledger a real one that has Acme, at the state of its creation; null for hand-made records and no budgets */
    GatewayFixture(@Nullable Ledger ledger) {
        epochs = ledger == null ? new StateEpochs(7, 2) : new StateEpochs(0, 1);
        readiness.serving(() -> new Health(recording, Duration.ZERO, 0, 1, false, Duration.ZERO));
        policy(ACME, POLICY);
        GatewayPorts ports = new GatewayPorts(
                identity(),
                new FakeCatalogue(),
                (tenant, granted) -> Future.succeededFuture(
                        new PolicyLookup.Found(engine.policyFor(tenant, granted.facts()), epochs)),
                tenant -> {
                    reloads.add(tenant);
                    return Future.succeededFuture();
                },
                ledger != null ? ledger.budgets()::reserve : GatewayFixture::noBudgets,
                (tenant, record, subjects) ->
                        Future.succeededFuture(Collections.nCopies(subjects.size(), "ab".repeat(32))),
                worker(),
                ledger != null ? ledger.writer() : records,
                ledger != null ? ledger.mint() : mint(),
                InstantSource.system());
        GatewaySettings settings = new GatewaySettings(
                "eu-central-1", Duration.ofSeconds(5), Duration.ofMillis(700), MAX_BODY, 2 * MAX_BODY);
        gateway = new Gateway(ports, settings, new Liveness(System::nanoTime), readiness, ended::add);
        vertx.deployVerticle(new HttpVerticle(
                        gateway, GatewayFixture::others, "127.0.0.1", 0, Duration.ZERO, bound -> port = bound))
                .await();
    }

    private static CompletionStage<ReserveResult> noBudgets(TenantId tenant, List<BudgetClaim> claims, long rows) {
        return CompletableFuture.completedFuture(
                new ReserveResult.Unavailable("no budgets here", Duration.ofSeconds(2)));
    }

    private static RecordMint mint() {
        InstantSource clock = InstantSource.system();
        return new RecordMint(clock, new Ulid.Factory(clock, new Random(1)), "n", 1, "test");
    }

    private static void others(HttpServerRequest request) {
        Future<Void> sent = request.response().setStatusCode(299).end("others");
        sent.onFailure(Throwable::printStackTrace);
    }

    int port() {
        return port;
    }

    /** Publishes a tenant's own layer. */
    void policy(TenantId tenant, String yaml) {
        PolicyDocument document = switch (PolicyParser.parse("tenant/" + tenant, yaml)) {
            case ParseResult.Parsed parsed -> parsed.document();
            case ParseResult.Rejected rejected ->
                throw new IllegalArgumentException(rejected.problems().toString());
        };
        layers = Map.of(tenant, new TenantLayers(List.of(), document, Map.of()));
        engine = PolicyEngine.of(new PolicySet(Packs.baseline(), Map.of(), layers));
    }

    private Identity identity() {
        return headers -> Future.succeededFuture(
                identity != null ? identity : recognised(String.valueOf(headers.get("X-API-Key"))));
    }

    private IdentityResult recognised(String key) {
        return switch (key) {
            case "null" -> new IdentityResult.Missing();
            case KEY -> new IdentityResult.Known(caller(ACME, Role.CALLER, Set.of(), "care"));
            case "sp_bare" -> new IdentityResult.Known(caller(ACME, Role.CALLER, Set.of(), null));
            case "sp_scoped" -> new IdentityResult.Known(caller(ACME, Role.CALLER, Set.of("model:risk"), "care"));
            case "sp_auditor" -> new IdentityResult.Known(caller(ACME, Role.AUDITOR, Set.of(), null));
            case "sp_euro" -> new IdentityResult.Known(caller(EURO, Role.CALLER, Set.of(), null));
            case "both" -> new IdentityResult.Conflicting();
            case "down" -> new IdentityResult.Unavailable();
            default -> new IdentityResult.Unknown();
        };
    }

    private Caller caller(TenantId tenant, Role role, Set<String> scopes, @Nullable String purpose) {
        return new Caller(tenant, "key-1", role, scopes, purpose, epochs);
    }

    private Worker worker() {
        return new Worker() {
            @Override
            public Future<Reply> infer(Job job) {
                jobs.add(job);
                return Future.succeededFuture(model.apply(job));
            }

            @Override
            public Future<LoadResult> load(ModelRef ref) {
                return Future.succeededFuture(new LoadResult.Ready());
            }
        };
    }

    /** Acme's models. */
    private static final class FakeCatalogue implements Catalogue {
        @Override
        public Future<Optional<GrantedModel>> find(TenantId tenant, ModelName alias, @Nullable ModelVersion version) {
            return list(tenant)
                    .map(models -> models.stream()
                            .filter(granted -> granted.alias().equals(alias))
                            .filter(granted ->
                                    version == null || granted.versions().contains(version))
                            .findFirst());
        }

        @Override
        public Future<List<GrantedModel>> list(TenantId tenant) {
            return Future.succeededFuture(
                    tenant.equals(ACME) ? List.of(granted("risk", RISK), granted("simple", SIMPLE)) : List.of());
        }
    }

    private static GrantedModel granted(String name, Signature signature) {
        ModelManifest manifest = new ModelManifest(
                TenantId.PLATFORM,
                new ModelName(name + "-model"),
                new ModelVersion("2"),
                "onnxruntime",
                "ab".repeat(32),
                signature);
        ModelName alias = new ModelName(name);
        return new GrantedModel(
                alias, manifest, manifest.facts(alias), List.of(new ModelVersion("2")), new StateEpochs(9, 9));
    }

    /** Sums and differences; for the classifier, always high. */
    static Reply run(Job job) {
        List<Tensor> outputs = job.model().value().equals("simple-model") ? sums(job) : scores(job);
        List<Tensor> asked = outputs.stream()
                .filter(o -> job.outputs().isEmpty() || job.outputs().contains(o.name()))
                .toList();
        Decision permit = new Decision.Permit(job.obligations(), List.of(), List.of(), List.of());
        OutputFacts facts = new OutputFacts("full", job.rows(), List.of(new OutputFacts.Band(80, 95, job.rows())));
        return new Reply.Released(asked, "full", permit, facts);
    }

    private static List<Tensor> sums(Job job) {
        int[] first = ints(job, "INPUT0");
        int[] second = ints(job, "INPUT1");
        int[] sum = new int[16];
        int[] difference = new int[16];
        Arrays.setAll(sum, i -> first[i] + second[i]);
        Arrays.setAll(difference, i -> first[i] - second[i]);
        return List.of(
                Tensor.ints("OUTPUT0", new long[] {1, 16}, sum),
                Tensor.ints("OUTPUT1", new long[] {1, 16}, difference));
    }

    private static int[] ints(Job job, String name) {
        int[] values = new int[16];
        job.inputs().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .buffer()
                .duplicate()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return values;
    }

    private static List<Tensor> scores(Job job) {
        float[] scores = new float[job.rows() * 2];
        Arrays.fill(scores, 0.5f);
        List<byte[]> labels = Collections.nCopies(job.rows(), "high".getBytes(UTF_8));
        return List.of(
                Tensor.bytes("label", new long[] {job.rows()}, new ArrayList<>(labels)),
                Tensor.floats("scores", new long[] {job.rows(), 2}, scores));
    }

    static Function<Job, Reply> failing(FailureKind kind) {
        return job -> new Reply.Failed(kind, "a sentence");
    }

    private static TensorSpec spec(String name, Datatype datatype, long... shape) {
        return new TensorSpec(name, datatype, Arrays.stream(shape).boxed().toList());
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
                + new io.vertx.core.json.JsonArray().add(note).encode().replaceAll("^\\[|]$", "") + "]}]}";
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
