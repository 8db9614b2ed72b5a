package dev.sallyport.torture;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The traffic: callers of two tenants, and an administrator beside them. Bounded, and ended with {@link #close}. */
final class Load implements AutoCloseable {
    private static final int PLAIN_CALLERS = 6;
    private static final int KEYS_A_MODEL = 2;
    private static final int CALLERS_A_KEY = 4;
    private static final long PAUSE_MS = 25;

    private final Stage stage;
    private final Calls calls;
    private final Answers answers;
    private final Violations violations;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean stopped = new AtomicBoolean();

    Load(Stage stage, Calls calls, Answers answers, Violations violations) {
        this.stage = stage;
        this.calls = calls;
        this.answers = answers;
        this.violations = violations;
    }

    /**
     * Publishes the policies, issues the keys and starts the callers.
     *
     * @throws CouldNotRun if the server refuses one of them
     */
    void start() throws IOException, InterruptedException {
        Administrator administrator = administrator();
        String plain = tenant(Policies.PLAIN).getString("key");
        String purpose = tenant(Policies.BUDGETED).getString("purpose");
        List<Node> nodes = stage.nodes();
        for (int i = 0; i < PLAIN_CALLERS; i++) {
            threads.execute(caller(nodes.get(i % nodes.size()), Policies.PLAIN, Policies.SMALL_MODEL, plain));
        }
        for (String model : Policies.models()) {
            administrator.publish(model, 0);
            for (int i = 0; i < KEYS_A_MODEL; i++) {
                Administrator.Key key = administrator.issue(Policies.BUDGETED, purpose);
                for (int j = 0; j < CALLERS_A_KEY; j++) {
                    threads.execute(caller(nodes.get(j % nodes.size()), Policies.BUDGETED, model, key.text()));
                }
            }
        }
        threads.execute(administrator);
        stage.probe(node ->
                caller(node, Policies.PLAIN, Policies.SMALL_MODEL, plain).call() == 200);
    }

    private Caller caller(Node node, String tenant, String model, String key) {
        return new Caller(calls, node, tenant, model, key, PAUSE_MS, answers, stopped::get);
    }

    private Administrator administrator() {
        JsonObject access = stage.first().access();
        String purpose = tenant(Policies.PLAIN).getString("purpose");
        return new Administrator(
                calls,
                stage.first(),
                access.getJsonObject("admin").getString("key"),
                this::ofPlainTenant,
                purpose,
                answers,
                violations,
                stopped::get);
    }

    /** A caller with a key of the plain tenant's, at any of the servers. */
    private Caller ofPlainTenant(String key) {
        List<Node> nodes = stage.nodes();
        Node node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
        return caller(node, Policies.PLAIN, Policies.SMALL_MODEL, key);
    }

    private JsonObject tenant(String id) {
        JsonArray tenants = stage.first().access().getJsonArray("tenants");
        return tenants.stream()
                .map(JsonObject.class::cast)
                .filter(tenant -> tenant.getString("id").equals(id))
                .findFirst()
                .orElseThrow(() -> new CouldNotRun("the demo has no tenant " + id));
    }

    /** Waits until every server has answered some calls. */
    void awaitFlow() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (answers.size() < 100) {
            if (System.nanoTime() > end) {
                throw new CouldNotRun(
                        "the servers do not answer: " + answers.json().encode());
            }
            Thread.sleep(20);
        }
    }

    /** Begins no more calls, and waits for those under way. */
    @Override
    public void close() {
        stopped.set(true);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(45, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** The body of an answer that must have a status. */
    static String expect(int status, HttpResponse<String> answer, String doing) {
        if (answer.statusCode() != status) {
            throw new CouldNotRun(doing + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Makes callers of keys. */
    @FunctionalInterface
    interface Callers {
        /** A caller with a key of the plain tenant's. */
        Caller of(String key);
    }
}
