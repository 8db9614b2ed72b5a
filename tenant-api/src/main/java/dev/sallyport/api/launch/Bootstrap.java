package dev.sallyport.api.launch;

import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.operations.Metrics;
import dev.sallyport.ledger.Ledger;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Issues the first platform-admin key, on the server's own machine. */
final class Bootstrap {
    private final Settings settings;
    private final Surroundings surroundings;
    private final Lifecycle lifecycle = new Lifecycle();

    Bootstrap(Settings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Prints the key, or says that there is one; returns the exit code. */
    int run() {
        try {
            return issue();
        } catch (StartupException e) {
            throw e;
        } catch (Exception e) {
            throw new StartupException("the first key could not be issued: " + e.getMessage(), e);
        } finally {
            lifecycle.stop();
        }
    }

    private int issue() throws Exception {
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        Wiring wiring = new Wiring(settings, lifecycle, new SecureRandom(), blocking);
        Database database = Database.open(settings, new PostgresNews(step -> {}));
        lifecycle.add("Postgres", database::stop);
        Vertx vertx = wiring.vertx();
        Ledger ledger = wiring.ledger(database, new Metrics(false));
        Services services = new Services(vertx, ledger, settings.data(), new SecureRandom(), blocking);
        Optional<KeyIssue.Issued> issued = services.keys().bootstrap(Actor.system("bootstrap"));
        if (issued.isEmpty()) {
            surroundings.err().println("there is a platform-admin key already: use it to issue others");
            return ExitCode.BAD;
        }
        surroundings.out().println(issued.get().key());
        surroundings.err().println("This is the key " + issued.get().id() + ". It is not shown again.");
        return ExitCode.GOOD;
    }
}
