package dev.sallyport.api.launch;

import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.demo.DemoAccess;
import dev.sallyport.api.demo.DemoBanner;
import dev.sallyport.api.demo.DemoCall;
import dev.sallyport.api.demo.DemoCallFiles;
import dev.sallyport.api.demo.DemoCalls;
import dev.sallyport.api.demo.DemoSetup;
import dev.sallyport.api.gateway.Gateway;
import dev.sallyport.api.gateway.Worker;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.Logging;
import dev.sallyport.api.operations.Metrics;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.api.operations.RequestLog;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start to its end, in the order in which things must come and go. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final long CERTIFICATE_LOOK_MS = 20;

    private final Settings settings;
    private final Surroundings surroundings;
    private final boolean demo;
    private final Optional<Path> readyFile;
    private final Lifecycle lifecycle = new Lifecycle();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Readiness readiness = new Readiness();
    private final Liveness liveness = new Liveness(System::nanoTime);

    Server(Settings settings, Surroundings surroundings, boolean demo, Optional<Path> readyFile, Logging log) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.demo = demo;
        this.readyFile = readyFile;
        lifecycle.add("the log", log);
    }

    /** Serves until the process is told to stop; returns its exit code. */
    int run() {
        StopSignals.call(() -> {
            lifecycle.stop();
            // Not left to the thread that started the server: a step of the start may hold it.
            System.exit(ExitCode.GOOD);
        });
        // For an end that no signal announces.
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::stop, "stop at the end"));
        try {
            start();
            lifecycle.awaitStop();
            return ExitCode.GOOD;
        } catch (Lifecycle.Stopped stopped) {
            lifecycle.awaitStop();
            return ExitCode.GOOD;
        } catch (StartupException e) {
            lifecycle.stop();
            throw e;
        } catch (Exception | LinkageError e) {
            LOG.error("the server could not start", e);
            lifecycle.stop();
            throw new StartupException("the server could not start: " + reason(e), e);
        }
    }

    /** A file's name alone, which is all that many exceptions of files say, tells nobody what is wrong with it. */
    private static String reason(Throwable failure) {
        return switch (failure) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file, or cannot be made a folder";
            case AccessDeniedException denied -> denied.getFile() + " may not be used";
            case NoSuchFileException gone -> gone.getFile() + " is not there";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private void start() throws Exception {
        Ports.tryAll(settings);
        Files.createDirectories(settings.data());
        Optional<ReadyFile> ready =
                readyFile.isPresent() ? Optional.of(ReadyFile.at(readyFile.get())) : Optional.empty();
        Wiring wiring = new Wiring(settings, lifecycle, new SecureRandom(), blocking);
        Metrics metrics = new Metrics(settings.tenantLabel());
        metrics.readiness(readiness);
        CallListener ended = metrics.and(new RequestLog());
        Vertx vertx = lifecycle.step(wiring::vertx);
        int managementPort = lifecycle.step(() -> wiring.management(vertx, liveness, readiness, metrics));
        Database database = lifecycle.step(this::database);
        Ledger ledger = lifecycle.step(() -> wiring.ledger(database, metrics));
        lifecycle.step(() -> wiring.disks(ledger, metrics));
        Services services =
                lifecycle.step(() -> new Services(vertx, ledger, settings.data(), new SecureRandom(), blocking));
        Optional<DemoAccess> access = demo ? Optional.of(setUp(services)) : Optional.empty();
        Worker worker = lifecycle.step(() -> wiring.workers(vertx, services, ledger, metrics));
        Gateway gateway =
                lifecycle.step(() -> wiring.gateway(vertx, services, ledger, worker, liveness, readiness, ended));
        int port = lifecycle.step(() -> wiring.rest(vertx, gateway, services, ended));
        lifecycle.step(() -> resume(services));
        awaitCertificate(ledger);
        lifecycle.step(() -> announce(ledger, ready, port, managementPort, access));
    }

    private Database database() {
        Database database = Database.open(settings, new PostgresNews(this::progress));
        lifecycle.add("Postgres", database::stop);
        return database;
    }

    private DemoAccess setUp(Services services) throws Exception {
        DemoSetup.Services used = new DemoSetup.Services(
                services.tenants(), services.keys(), services.policies(), services.registry(), services.store());
        DemoSetup setup = new DemoSetup(used, settings.data(), this::progress);
        return lifecycle.step(setup::run);
    }

    private boolean resume(Services services) {
        List<TenantId> tenants = new ArrayList<>(services.tenants().ids());
        tenants.add(TenantId.PLATFORM);
        services.reports().resume(tenants);
        return true;
    }

    /** A node whose receipts nobody could check does not say that it serves. */
    private void awaitCertificate(Ledger ledger) throws Exception {
        while (!lifecycle.step(() -> ledger.health().certified())) {
            Thread.sleep(CERTIFICATE_LOOK_MS);
        }
    }

    private boolean announce(
            Ledger ledger, Optional<ReadyFile> ready, int port, int managementPort, Optional<DemoAccess> access)
            throws IOException {
        readiness.signing(() -> ledger.logHealth().refusal().isEmpty());
        readiness.serving(ledger::health);
        lifecycle.add("readiness", () -> {
            LOG.info("stopping: not ready any more, and calls under way end");
            readiness.draining();
            if (ready.isPresent()) {
                ready.get().remove();
            }
            Thread.sleep(settings.shutdown().delay().toMillis());
        });
        String host = settings.server().host();
        String url = "http://" + ReadyFile.authority(host, port);
        String management =
                "http://" + ReadyFile.authority(settings.management().host(), managementPort);
        LOG.info("serving at {}, management at {}", url, management);
        if (access.isPresent()) {
            List<DemoCall> calls = new DemoCalls(url, access.get()).all();
            Path scripts = DemoCallFiles.write(settings.data(), calls);
            DemoBanner.print(surroundings.out(), calls, access.get().changed(), scripts);
        }
        JsonObject content =
                ReadyFile.content(host, port, management, ledger.logKeys().published(), access);
        if (ready.isPresent()) {
            ready.get().write(content);
        }
        return true;
    }

    private void progress(String what) {
        if (demo) {
            surroundings.out().println("… " + what);
            surroundings.out().flush();
        } else {
            LOG.info("{}", what);
        }
    }
}
