package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Changes the state that calls are decided by, all the time: issues a key, has it used, revokes it while it is used,
 * and now and then publishes a policy anew. Once a revocation is acknowledged the key must not be answered any more.
 */
final class Administrator implements Runnable {
    private static final int USERS = 3;
    private static final int CALLS_AFTER = 3;
    private static final long USED_MS = 250;

    /** Seldom enough that calls which wait for seconds are mostly decided under the policy that is in force then. */
    private static final int PUBLISH_EVERY = 24;

    private final Calls calls;
    private final Node node;
    private final String key;
    private final Load.Callers callers;
    private final String purpose;
    private final Answers answers;
    private final Violations violations;
    private final BooleanSupplier stopped;

    /**
     * A key that was issued.
     *
     * @param id its id
     * @param text what callers send
     */
    record Key(String id, String text) {}

    /**
     * Prepares.
     *
     * @param node the server that is asked
     * @param key of a platform administrator
     * @param callers make the users of keys
     * @param purpose for which the plain tenant's keys call
     */
    Administrator(
            Calls calls,
            Node node,
            String key,
            Load.Callers callers,
            String purpose,
            Answers answers,
            Violations violations,
            BooleanSupplier stopped) {
        this.calls = calls;
        this.node = node;
        this.key = key;
        this.callers = callers;
        this.purpose = purpose;
        this.answers = answers;
        this.violations = violations;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int turn = 1; !stopped.getAsBoolean(); turn++) {
                try {
                    revokeInUse(users);
                    if (turn % PUBLISH_EVERY == 0) {
                        int number = turn / PUBLISH_EVERY;
                        publish(Policies.models().get(number % 2), number % 1_000);
                    }
                } catch (IOException | CouldNotRun e) {
                    // What a hit is for: the server is away, or could not record the act. It is asked again.
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revokeInUse(ExecutorService users) throws IOException, InterruptedException {
        Key issued = issue(Policies.PLAIN, purpose);
        boolean[] over = new boolean[1];
        for (int i = 0; i < USERS; i++) {
            users.execute(() -> use(issued, over));
        }
        Thread.sleep(USED_MS);
        boolean revoked;
        try {
            revoked = revoke(issued);
        } finally {
            synchronized (over) {
                over[0] = true;
            }
        }
        if (revoked) {
            answers.add(new Answers.Revocation(Policies.PLAIN, issued.id()));
            Caller late = callers.of(issued.text());
            for (int i = 0; i < CALLS_AFTER; i++) {
                violations.looked("revoked-key", 1);
                if (late.call() == 200) {
                    violations.add("revoked-key", issued.id() + " was answered after its revocation was acknowledged");
                }
            }
        }
    }

    private void use(Key issued, boolean[] over) {
        Caller caller = callers.of(issued.text());
        try {
            while (!isOver(over) && !stopped.getAsBoolean()) {
                if (caller.call() != 200) {
                    Thread.sleep(20);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOver(boolean[] over) {
        synchronized (over) {
            return over[0];
        }
    }

    /** Whether it was acknowledged; where no answer came it may have happened. */
    private boolean revoke(Key issued) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                calls.delete(url() + "/admin/v1/tenants/" + Policies.PLAIN + "/keys/" + issued.id(), key);
        answers.count("revocation " + answer.statusCode());
        return answer.statusCode() == 204;
    }

    /** Issues a caller's key. */
    Key issue(String tenant, String usedFor) throws IOException, InterruptedException {
        JsonObject body =
                new JsonObject().put("name", "torture").put("role", "caller").put("purpose", usedFor);
        JsonObject issued = new JsonObject(Load.expect(
                201, calls.post(url() + "/admin/v1/tenants/" + tenant + "/keys", key, body), "issuing a key"));
        return new Key(issued.getString("id"), issued.getString("key"));
    }

    /** Publishes the budgeted tenant's layer for a model. */
    void publish(String model, int revision) throws IOException, InterruptedException {
        String place = "/admin/v1/tenants/" + Policies.BUDGETED + "/models/" + model + "/policy";
        Load.expect(
                200, calls.putPolicy(url() + place, key, Policies.budgeted(model, revision)), "publishing a policy");
        answers.count("publication 200");
    }

    private String url() {
        String url = node.url();
        if (url == null) {
            throw new CouldNotRun(node.name() + " does not serve");
        }
        return url;
    }
}
