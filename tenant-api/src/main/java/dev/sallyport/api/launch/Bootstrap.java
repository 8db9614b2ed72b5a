package dev.sallyport.api.launch;

import dev.sallyport.api.cli.ExitCode;
import dev.sallyport.api.cli.StartupException;
import dev.sallyport.api.cli.Surroundings;
import dev.sallyport.api.config.Settings;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.identity.KeyIssue;
import dev.sallyport.api.identity.Keys;
import dev.sallyport.ledger.LedgerActs;
import dev.sallyport.ledger.LedgerException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Issues the first platform-admin key, on the server's own machine. It does so beside a server that runs, of which it
 * takes nothing away, and while none does.
 */
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
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::stop, "stop"));
        try {
            return issue();
        } catch (StartupException e) {
            throw e;
        } catch (LedgerException e) {
            throw new StartupException(sentence(e), e);
        } catch (Exception e) {
            throw new StartupException("the first key could not be issued: " + e.getMessage(), e);
        } finally {
            lifecycle.stop();
        }
    }

    private int issue() throws Exception {
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
        Acts acts = new Acts(ledger.scope(), ledger.mint());
        Keys keys = new Keys(acts, ledger.scope(), ledger.keys()::apiKeyHash, new SecureRandom(), ledger.clock());
        Optional<KeyIssue.Issued> issued = lifecycle.step(() -> keys.bootstrap(Actor.system("bootstrap")));
        if (issued.isEmpty()) {
            surroundings.err().println("there is a platform-admin key already: use it to issue others");
            return ExitCode.BAD;
        }
        surroundings.out().println(issued.get().key());
        surroundings.err().println("This is the key " + issued.get().id() + ". It is not shown again.");
        return ExitCode.GOOD;
    }

    private static String sentence(LedgerException e) {
        String what = "the first key could not be issued: " + e.getMessage();
        return switch (e.kind()) {
            case UNAVAILABLE -> what + "; nothing was done, try again";
            case OUTCOME_UNKNOWN -> what + "; try again, which says whether there is a key now";
            case CONFLICT, REFUSED -> what;
        };
    }
}
