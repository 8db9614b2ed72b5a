package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls a model of one server with one key in a closed loop, with a pause between: the load is bounded. */
final class Caller implements Runnable {
    private static final long BACK_OFF_MS = 60;
    private static final int PEOPLE = 4;

    private final Calls calls;
    private final Node node;
    private final String tenant;
    private final String model;
    private final String key;
    private final long pauseMillis;
    private final Answers answers;
    private final BooleanSupplier stopped;

    /**
     * Prepares.
     *
     * @param node the server that is asked
     * @param tenant whose key it is
     * @param model the tenant's name of the model that is asked
     * @param pauseMillis how long it thinks after an answer
     * @param answers where what was answered is written down
     * @param stopped when it ends
     */
    Caller(
            Calls calls,
            Node node,
            String tenant,
            String model,
            String key,
            long pauseMillis,
            Answers answers,
            BooleanSupplier stopped) {
        this.calls = calls;
        this.node = node;
        this.tenant = tenant;
        this.model = model;
        this.key = key;
        this.pauseMillis = pauseMillis;
        this.answers = answers;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try {
            while (!stopped.getAsBoolean()) {
                int status = call();
                Thread.sleep(status == 200 ? pauseMillis : BACK_OFF_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a call and writes down what came of it; returns the status, 0 where there was no answer. */
    int call() throws InterruptedException {
        String url = node.url();
        if (url == null) {
            return 0;
        }
        String request = calls.requestId();
        try {
            HttpResponse<String> answer = calls.infer(url, model, key, request, subject());
            answers.count(answer.statusCode() + " " + tenant + "/" + model);
            if (answer.statusCode() == 200) {
                answers.add(new Answers.Answer(record(answer), tenant, request, receipt(answer)));
            }
            return answer.statusCode();
        } catch (IOException e) {
            answers.count("broken");
            return 0;
        }
    }

    /** One of a few people, for calls under the budget of a person. */
    private @Nullable String subject() {
        return tenant.equals(Policies.BUDGETED) && model.equals(Policies.SMALL_MODEL)
                ? "person-" + ThreadLocalRandom.current().nextInt(PEOPLE)
                : null;
    }

    private static String record(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("parameters").getString("record");
    }

    private static @Nullable String receipt(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sallyport-Receipt").orElse(null);
    }
}
