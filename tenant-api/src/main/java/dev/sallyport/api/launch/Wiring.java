package dev.sallyport.api.launch;

import dev.sallyport.api.cli.Version;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.gateway.Gateway;
import dev.sallyport.api.gateway.GatewayPorts;
import dev.sallyport.api.gateway.GatewaySettings;
import dev.sallyport.api.gateway.Handles;
import dev.sallyport.api.gateway.HttpVerticle;
import dev.sallyport.api.gateway.Pseudonyms;
import dev.sallyport.api.gateway.Worker;
import dev.sallyport.api.http.Bodies;
import dev.sallyport.api.http.BodyMemory;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.operations.DiskWatch;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.ManagementVerticle;
import dev.sallyport.api.operations.Metrics;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.api.operations.VolumeUse;
import dev.sallyport.api.web.Contract;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.bus.InferenceClient;
import dev.sallyport.inference.bus.InferenceCodec;
import dev.sallyport.inference.bus.InferenceVerticle;
import dev.sallyport.inference.bus.ModelPool;
import dev.sallyport.inference.lane.LaneExecutors;
import dev.sallyport.inference.lane.LanePorts;
import dev.sallyport.inference.lane.LaneSettings;
import dev.sallyport.inference.lane.Lanes;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.inference.onnx.OnnxRuntime;
import dev.sallyport.inference.tribuo.TribuoRuntime;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.ledger.tree.CosignatureKey;
import dev.sallyport.ledger.tree.LogSettings;
import dev.sallyport.ledger.tree.Witness;
import dev.sallyport.ledger.tree.WitnessSettings;
import dev.sallyport.migrations.DatabaseRole;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.Router;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The parts of a server, built and bound to each other by hand. Each method is one step of a start. */
final class Wiring {
    private final Settings settings;
    private final Lifecycle lifecycle;
    private final RandomGenerator random;
    private final ExecutorService blocking;
    private final BodyMemory bodyMemory;

    /**
     * Prepares.
     *
     * @param settings the configuration
     * @param lifecycle is told what to take down
     * @param random a cryptographically secure source
     * @param blocking runs what blocks, a virtual thread each
     */
    Wiring(Settings settings, Lifecycle lifecycle, RandomGenerator random, ExecutorService blocking) {
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.random = random;
        this.blocking = blocking;
        this.bodyMemory = new BodyMemory(bodyMemory(settings.server()));
    }

    /** Reads bodies of one interface; all of them together stay within the node's memory. */
    private Bodies bodies(Vertx vertx, int longest) {
        return new Bodies(vertx, longest, settings.server().bodyTimeout(), bodyMemory);
    }

    /** A sixteenth of the heap, if nothing is said: reading a body takes several times its length. */
    private static long bodyMemory(Settings.Server server) {
        return server.bodyMemory() > 0
                ? server.bodyMemory()
                : Math.max(
                        (long) server.maxBodyBytes() + server.maxInflatedBytes(),
                        Runtime.getRuntime().maxMemory() / 16);
    }

    /** Half the cores, so that long bodies leave the others to everybody else. */
    private Executor aside() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        ExecutorService executor = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().name("sallyport-aside-", 0).daemon().factory());
        lifecycle.add("work on long bodies", executor::shutdownNow);
        return executor;
    }

    Vertx vertx() {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.server().eventLoops())
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
        lifecycle.add("the event loops", () -> await(vertx.close()));
        return vertx;
    }

    /** Listens for the operator; returns the port. */
    int management(Vertx vertx, Liveness liveness, Readiness readiness, Metrics metrics) throws Exception {
        await(liveness.watch(vertx, settings.server().eventLoops()));
        Settings.Management management = settings.management();
        AtomicInteger port = new AtomicInteger();
        try {
            await(vertx.deployVerticle(new ManagementVerticle(
                    management.host(), management.port(), liveness, readiness, metrics, port::set)));
        } catch (Exception e) {
            throw Ports.taken(management.host(), management.port(), "--management-port", cause(e));
        }
        return port.get();
    }

    /** What the ledger needs to open on a database. */
    static LedgerSettings ledgerSettings(Settings settings, Database database) {
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.passwords().of(DatabaseRole.of(role.roleName())));
        }
        return new LedgerSettings(
                database.jdbcUrl(),
                passwords,
                settings.data().resolve("keys"),
                settings.node().name(),
                new Version().number(),
                logSettings(settings),
                settings.ledger().queueLimit(),
                LedgerSettings.BATCH_LIMIT,
                settings.ledger().trace(),
                settings.ledger().lease());
    }

    private static LogSettings logSettings(Settings settings) {
        Settings.TransparencyLog log = settings.transparencyLog();
        return new LogSettings(
                log.origin(),
                log.witness()
                        .map(witness -> new WitnessSettings(
                                witness.file(),
                                witness.every(),
                                witness.url()
                                        .flatMap(url -> witness.key()
                                                .map(key ->
                                                        new WitnessSettings.Remote(url, CosignatureKey.parse(key)))))));
    }

    Ledger ledger(Database database, Metrics metrics) {
        settings.transparencyLog().witness().ifPresent(witness -> Witness.warn(witness.file(), settings.data()));
        LedgerSettings ledgerSettings = ledgerSettings(settings, database);
        Ledger ledger = Ledger.open(ledgerSettings, InstantSource.system(), random, metrics.flushes());
        metrics.ledger(ledger::health, ledger::pool);
        metrics.log(ledger::logHealth);
        lifecycle.add("the ledger", ledger);
        return ledger;
    }

    /** Watches over the room that records need. */
    DiskWatch disks(Ledger ledger, Metrics metrics) {
        Map<String, Callable<VolumeUse>> volumes = new LinkedHashMap<>();
        volumes.put("data", () -> {
            FileStore store = Files.getFileStore(settings.data());
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            return new VolumeUse("data", used, used + store.getUsableSpace());
        });
        settings.database()
                .flatMap(Settings.Database::capacity)
                .ifPresent(capacity -> volumes.put(
                        "database",
                        () -> new VolumeUse("database", ledger.reader().databaseBytes(), capacity)));
        DiskWatch watch =
                new DiskWatch(List.copyOf(volumes.values()), new RecordedDiskLevels(ledger.writer(), ledger.mint()));
        watch.start();
        metrics.volumes(watch, List.copyOf(volumes.keySet()));
        lifecycle.add("the watch over disks", watch);
        return watch;
    }

    /** Starts the workers, and returns how they are asked. */
    Worker workers(Vertx vertx, Services services, Ledger ledger, Metrics metrics) throws Exception {
        InferenceCodec.register(vertx);
        LanePorts ports = new LanePorts(
                List.of(new OnnxRuntime(), new TribuoRuntime()),
                services.store(),
                services.signer(),
                new RecordedModelEvents(ledger.writer(), ledger.mint()),
                metrics.lanes());
        Lanes lanes = new Lanes(
                new LaneSettings(
                        settings.workers().maxBatchRows(), settings.workers().queueLimit()),
                ports,
                new LaneExecutors(ModelPool.open(vertx, settings.workers().threads()), blocking),
                ledger.clock(),
                System::nanoTime);
        String id = await(vertx.deployVerticle(new InferenceVerticle(lanes), InferenceVerticle.options()));
        lifecycle.add("the workers", () -> await(vertx.undeploy(id)));
        InferenceClient client = new InferenceClient(vertx.eventBus(), System::nanoTime);
        return new Worker() {
            @Override
            public Future<Reply> infer(Job job) {
                return client.infer(job);
            }

            @Override
            public Future<LoadResult> load(ModelRef model) {
                return client.load(model);
            }
        };
    }

    Gateway gateway(
            Vertx vertx,
            Services services,
            Ledger ledger,
            Worker worker,
            Liveness liveness,
            Readiness readiness,
            CallListener ended) {
        Pseudonyms pseudonyms = (tenant, record, subjects) -> Future.fromCompletionStage(CompletableFuture.supplyAsync(
                () -> subjects.stream()
                        .map(subject -> ledger.subjects().pseudonym(tenant, record, subject))
                        .toList(),
                blocking));
        Handles handles = (tenant, subjects) -> Future.fromCompletionStage(CompletableFuture.supplyAsync(
                () -> subjects.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                subject -> HexFormat.of()
                                        .formatHex(ledger.subjects().handle(tenant, subject)))),
                blocking));
        Settings.Server server = settings.server();
        GatewayPorts ports = new GatewayPorts(
                bodies(vertx, server.maxBodyBytes()),
                aside(),
                services.identity(),
                services.snapshots(),
                services.snapshots(),
                services.snapshots(),
                ledger.budgets()::reserve,
                pseudonyms,
                handles,
                worker,
                ledger.writer(),
                services.mint(),
                ledger.clock());
        GatewaySettings bounds = new GatewaySettings(
                settings.node().region().orElse(null), server.callTimeout(), server.maxInflatedBytes());
        return new Gateway(ports, bounds, liveness, readiness, ended);
    }

    /** Listens for everybody; returns the port. */
    int rest(Vertx vertx, Gateway gateway, Services services, CallListener ended) throws Exception {
        Contract contract = await(Contract.load(vertx));
        OperationRoutes operations = services.operations(contract, bodies(vertx, OperationRoutes.BODY_LIMIT), ended);
        Router router = Router.router(vertx);
        operations.mount(router);
        Settings.Server server = settings.server();
        AtomicInteger port = new AtomicInteger();
        IntConsumer bound = port::set;
        DeploymentOptions options = new DeploymentOptions().setInstances(server.eventLoops());
        try {
            String id = await(vertx.deployVerticle(
                    () -> new HttpVerticle(
                            gateway,
                            router,
                            server.host(),
                            server.port(),
                            settings.shutdown().drain(),
                            bound),
                    options));
            lifecycle.add("REST", () -> await(vertx.undeploy(id)));
        } catch (Exception e) {
            throw Ports.taken(server.host(), server.port(), "--port", cause(e));
        }
        return port.get();
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
