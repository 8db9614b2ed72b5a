package dev.sallyport.api.launch;

import dev.sallyport.api.admin.TenantCreation;
import dev.sallyport.api.config.ConfigLoader;
import dev.sallyport.api.config.ConfigResult;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.demo.DemoModels;
import dev.sallyport.api.gateway.Gateway;
import dev.sallyport.api.gateway.Worker;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.identity.KeyRequest;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.models.GrantResult;
import dev.sallyport.api.models.Registration;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.Metrics;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server's parts as the launcher wires them, in this process and over a database of their own; started for the first
 * test class that asks and stopped after the last. Each class makes its own tenants, so that none sees another's.
 */
final class RunningServices implements AutoCloseable {
    /** Who sets things up. */
    static final Actor SYSTEM = Actor.system("test");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestDatabase database = TestDatabase.fresh();
    private final Path data = Files.createTempDirectory("running-services");
    private final Lifecycle lifecycle = new Lifecycle();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Services services;
    private final Interface calls;
    private final String auditor;

    private RunningServices() throws Exception {
        Settings settings = settings();
        Wiring wiring = new Wiring(settings, lifecycle, new SecureRandom(), blocking);
        Metrics metrics = new Metrics(false);
        Readiness readiness = new Readiness();
        Vertx vertx = wiring.vertx();
        Ledger ledger = wiring.ledger(Database.open(settings, new PostgresNews(step -> {})), metrics);
        services = new Services(vertx, ledger, data, new SecureRandom(), blocking);
        Worker worker = wiring.workers(vertx, services, ledger, metrics);
        Gateway gateway =
                wiring.gateway(vertx, services, ledger, worker, new Liveness(System::nanoTime), readiness, metrics);
        int port = wiring.rest(vertx, gateway, services, metrics);
        while (!ledger.health().certified()) {
            Thread.sleep(20);
        }
        readiness.serving(ledger::health);
        calls = new Interface(port);
        auditor = key(TenantId.PLATFORM, Role.AUDITOR);
        registerSimple();
    }

    /** Gives the one instance to constructors and methods that ask for it. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(RunningServices.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(RunningServices.class))
                    .computeIfAbsent(RunningServices.class, type -> start(), RunningServices.class);
        }

        private static RunningServices start() {
            try {
                return new RunningServices();
            } catch (Exception e) {
                throw new IllegalStateException("the services do not start", e);
            }
        }
    }

    private Settings settings() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SALLYPORT_DATA", data.toString(),
                "SALLYPORT_SERVER_PORT", "0",
                "SALLYPORT_SERVER_EVENT_LOOPS", "2",
                "SALLYPORT_WORKERS_THREADS", "2",
                "SALLYPORT_SHUTDOWN_DRAIN", "1s",
                "SALLYPORT_DATABASE_URL", database.jdbcUrl()));
        for (DatabaseRole role : DatabaseRole.values()) {
            environment.put(
                    "SALLYPORT_DATABASE_PASSWORDS_" + role.roleName().toUpperCase(Locale.ROOT),
                    database.password(role));
        }
        return switch (ConfigLoader.load(Optional.empty(), Map.of(), environment, 2)) {
            case ConfigResult.Loaded loaded -> loaded.settings();
            case ConfigResult.Rejected rejected ->
                throw new IllegalStateException(rejected.problems().toString());
        };
    }

    private void registerSimple() {
        byte[] artefact = DemoModels.SIMPLE.train();
        Registration registration =
                services.registry().register(DemoModels.SIMPLE.manifest(artefact), artefact, SYSTEM);
        if (!(registration instanceof Registration.Registered)) {
            throw new IllegalStateException(registration.toString());
        }
    }

    Services services() {
        return services;
    }

    TestDatabase database() {
        return database;
    }

    /** The way in from outside. */
    Interface calls() {
        return calls;
    }

    /** Makes a tenant of its own, which may call {@code simple} as soon as a policy says so. */
    TenantId tenant(String name, String... packs) {
        TenantId tenant = new TenantId(name + "-" + NUMBER.incrementAndGet());
        TenantCreation created = services.tenants().create(tenant, name, List.of(packs), SYSTEM);
        ModelName simple = DemoModels.SIMPLE.name();
        GrantResult granted = services.registry().grant(TenantId.PLATFORM, simple, tenant, simple, SYSTEM);
        if (!(created instanceof TenantCreation.Created) || !(granted instanceof GrantResult.Granted)) {
            throw new IllegalStateException(created + ", " + granted);
        }
        return tenant;
    }

    /** Issues a key that is nothing but its role. */
    String key(TenantId tenant, Role role) {
        return issue(tenant, new KeyRequest("of a test", role, List.of(), null, null))
                .key();
    }

    KeyIssue.Issued issue(TenantId tenant, KeyRequest request) {
        return switch (services.keys().issue(tenant, request, SYSTEM)) {
            case KeyIssue.Issued issued -> issued;
            case KeyIssue.Invalid invalid -> throw new IllegalStateException(invalid.toString());
            case KeyIssue.Unknown unknown -> throw new IllegalStateException(unknown.toString());
        };
    }

    /** The acts in a tenant's ledger, oldest first, as the platform's auditor reads them. */
    List<JsonObject> acts(TenantId tenant) {
        String path = "/audit/v1/records?limit=1000&tenant=" + tenant;
        return Interface.json(Interface.checkStatus(calls.get(path, auditor), 200)).getJsonArray("records").stream()
                .map(JsonObject.class::cast)
                .filter(record -> record.getString("kind").equals("act"))
                .toList();
    }

    /** What was done in a tenant, oldest first: {@code tenant.create}, {@code key.issue}. */
    List<String> actions(TenantId tenant) {
        return acts(tenant).stream().map(act -> act.getString("action")).toList();
    }

    @Override
    public void close() throws IOException {
        calls.close();
        lifecycle.stop();
        blocking.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
