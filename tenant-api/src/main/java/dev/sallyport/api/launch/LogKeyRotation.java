package dev.sallyport.api.launch;

import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Principal;
import dev.sallyport.ledger.LedgerActs;
import dev.sallyport.ledger.tree.PublishedLogKey;
import dev.sallyport.policy.TenantId;
import java.security.SecureRandom;
import java.time.Duration;

/** Replaces the log's key, on the server's own machine, and records that. A server that runs takes it up by itself. */
final class LogKeyRotation {
    private final Settings settings;
    private final Surroundings surroundings;
    private final Lifecycle lifecycle = new Lifecycle();

    LogKeyRotation(Settings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Prints the new verifier key; returns the exit code. */
    int run(Duration overlap) {
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::stop, "stop"));
        try {
            return rotate(overlap);
        } catch (StartupException e) {
            throw e;
        } catch (Exception e) {
            throw new StartupException("the log's key could not be replaced: " + e.getMessage(), e);
        } finally {
            lifecycle.stop();
        }
    }

    private int rotate(Duration overlap) throws Exception {
        Database database = lifecycle.step(() -> {
            Database opened = Database.beside(settings, new PostgresNews(step -> {}));
            lifecycle.add("Postgres", opened::stop);
            return opened;
        });
        LedgerActs ledger = lifecycle.step(() -> {
            LedgerActs opened = LedgerActs.open(Wiring.ledgerSettings(settings, database), new SecureRandom());
            lifecycle.add("the ledger", opened);
            return opened;
        });
        PublishedLogKey added = lifecycle.step(() -> ledger.rotateLogKey(overlap));
        AuditRecord act = ledger.mint()
                .act(
                        TenantId.PLATFORM,
                        Principal.system("log-rotate-key"),
                        "log.key.rotate",
                        Act.on("log-keys/" + added.key().label()))
                .build();
        ledger.scope().run(TenantId.PLATFORM, scoped -> {
            scoped.record(act);
            return act.id();
        });
        surroundings.out().println(added.key().encode());
        surroundings
                .err()
                .println("This key signs from now on; those of before sign, too, for " + overlap.toDays()
                        + " days. Give the new one to whoever checks the log.");
        return ExitCode.GOOD;
    }
}
