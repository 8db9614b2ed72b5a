package dev.sallyport.api.gateway;

import dev.sallyport.api.http.Arrival;
import dev.sallyport.api.http.Framing;
import dev.sallyport.api.identity.AddressPrefix;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.oip.ErrorCode;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.operations.Correlation;
import dev.sallyport.api.operations.Liveness;
import dev.sallyport.api.operations.Readiness;
import dev.sallyport.format.Principal;
import dev.sallyport.inference.lane.LoadResult;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inference protocol's calls. One gateway serves all event loops; {@link #open} makes the handler for one of them.
 * Whatever goes wrong is answered in the protocol's form, and by one place: {@link #refuse}.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final GatewayPorts ports;
    private final GatewaySettings settings;
    private final Liveness liveness;
    private final Readiness readiness;
    private final Callers callers;
    private final Inference inference;
    private final Responder responder;
    private final DecisionRecords drafts;
    private final ModelStatistics statistics = new ModelStatistics();

    /**
     * Makes the one gateway of a node.
     *
     * @param liveness answers for {@code live}
     * @param readiness answers for {@code ready}; while it says that nothing is recorded, no inference is begun
     * @param ended hears of each request
     */
    public Gateway(
            GatewayPorts ports, GatewaySettings settings, Liveness liveness, Readiness readiness, CallListener ended) {
        this.ports = ports;
        this.settings = settings;
        this.liveness = liveness;
        this.readiness = readiness;
        this.callers = new Callers(ports);
        this.inference = new Inference(ports, settings, readiness, callers);
        this.responder = new Responder(ended);
        this.drafts = new DecisionRecords(ports.mint(), settings.region());
    }

    /**
     * The handler for one event loop; to be called on it.
     *
     * @param others gets the requests that are not the protocol's
     */
    public Handler<HttpServerRequest> open(Vertx vertx, Handler<HttpServerRequest> others) {
        Context context = vertx.getOrCreateContext();
        return request -> {
            Optional<OipPath> path = OipPath.parse(String.valueOf(request.path()));
            if (path.isEmpty()) {
                others.handle(request);
            } else {
                handle(new Call(request, path.get(), correlation(request), context, settings.callTimeout()));
            }
        };
    }

    /**
     * The handler, for one event loop, of what is not HTTP as we read it: a line or a header malformed or too long, a
     * framing that can be read in two ways. The connection is closed, since nobody knows where its next request begins.
     *
     * @param fault says what is wrong with a request
     */
    public Handler<HttpServerRequest> malformed(Vertx vertx, Function<HttpServerRequest, String> fault) {
        Context context = vertx.getOrCreateContext();
        OipPath nowhere = new OipPath(null, OipPath.Call.UNKNOWN, null, null);
        return request -> {
            Framing.closeAfterwards(request);
            responder.refuse(
                    new Call(request, nowhere, correlation(request), context, Duration.ZERO),
                    Denial.of(ErrorCode.HEADER_INVALID, fault.apply(request)));
        };
    }

    private Correlation correlation(HttpServerRequest request) {
        return Correlation.of(request.headers(), ports.mint()::id);
    }

    private void handle(Call call) {
        try {
            serve(call).onFailure(failure -> refuse(call, failure));
        } catch (RuntimeException e) {
            refuse(call, e);
        }
    }

    private Future<Void> serve(Call call) {
        OipPath.Call asked = call.path().call();
        if (asked != OipPath.Call.UNKNOWN && !call.request().method().equals(asked.method())) {
            return refused(ErrorCode.METHOD_NOT_ALLOWED, "this path is asked with " + asked.method());
        }
        return switch (asked) {
            case LIVE -> live(call);
            case READY -> ready(call);
            case INFER -> infer(call, ports.bodies().read(call.request()));
            case SERVER -> callers.identify(call).compose(caller -> answer(call, 200, server()));
            case METADATA -> model(call).compose(model -> answer(call, 200, ModelDescriptions.metadata(model)));
            case CONFIG -> model(call).compose(model -> answer(call, 200, ModelDescriptions.config(model)));
            case STATS ->
                callers.identify(call)
                        .compose(caller -> callers.model(call, caller)
                                .compose(model -> answer(call, 200, statistics.of(caller.tenant(), model))));
            case MODEL_READY -> model(call).compose(model -> modelReady(call, model));
            case INDEX -> callers.identify(call).compose(caller -> index(call, caller));
            case UNKNOWN ->
                callers.identify(call)
                        .compose(caller -> refused(ErrorCode.PATH_UNKNOWN, "there is nothing at this path"));
        };
    }

    private Future<GrantedModel> model(Call call) {
        return callers.identify(call).compose(caller -> callers.model(call, caller));
    }

    private Future<Void> infer(Call call, Arrival body) {
        // In a step of its own, so that the body is given back whatever goes wrong.
        return Future.succeededFuture()
                .compose(begun -> inference.answer(call, body.body()))
                .onComplete(over -> body.release())
                .onComplete(result -> count(call, result.succeeded()))
                .map(answered -> {
                    responder.answer(call, answered);
                    return null;
                });
    }

    private void count(Call call, boolean answered) {
        Caller caller = call.caller();
        GrantedModel model = call.model();
        if (caller != null && model != null) {
            var end = call.end(0, null, null);
            statistics.ended(
                    caller.tenant(),
                    model,
                    answered,
                    end.rows(),
                    end.nanos(),
                    ports.clock().millis());
        }
    }

    private Future<Void> live(Call call) {
        boolean live = liveness.live();
        return answer(call, live ? 200 : 503, new JsonObject().put("live", live));
    }

    private Future<Void> ready(Call call) {
        boolean ready = readiness.ready();
        return answer(
                call, ready ? 200 : 503, new JsonObject().put("ready", ready).put("live", true));
    }

    private static JsonObject server() {
        String version = Optional.ofNullable(Gateway.class.getPackage().getImplementationVersion())
                .orElse("dev");
        return new JsonObject()
                .put("name", "sallyport")
                .put("version", version)
                .put(
                        "extensions",
                        new JsonArray()
                                .add("binary_tensor_data")
                                .add("model_configuration")
                                .add("model_repository")
                                .add("statistics"));
    }

    private Future<Void> modelReady(Call call, GrantedModel model) {
        return call.here(ports.worker().load(model.manifest().ref())).compose(result -> {
            boolean ready = result instanceof LoadResult.Ready && readiness.ready();
            return answer(
                    call,
                    ready ? 200 : 503,
                    new JsonObject().put("name", model.alias().value()).put("ready", ready));
        });
    }

    private Future<Void> index(Call call, Caller caller) {
        return call.here(ports.catalogue().list(caller.tenant()))
                .recover(callers::unavailable)
                .compose(models -> {
                    JsonArray index = new JsonArray();
                    models.stream()
                            .filter(model -> caller.mayAsk(model.alias().value()))
                            .forEach(model -> index.add(new JsonObject()
                                    .put("name", model.alias().value())
                                    .put("version", model.manifest().version().value())
                                    .put("state", "READY")
                                    .put("reason", "")));
                    responder.answer(call, 200, index);
                    return Future.succeededFuture();
                });
    }

    private Future<Void> answer(Call call, int status, JsonObject body) {
        responder.answer(call, status, body);
        return Future.succeededFuture();
    }

    private static <T> Future<T> refused(ErrorCode code, String sentence) {
        return Future.failedFuture(new CallRefused(Denial.of(code, sentence)));
    }

    /**
     * Answers whatever ended a call. What has no record yet is counted into one by the second if it is the caller's fault,
     * or if a model may have run for it: no model's time is spent without a trace.
     */
    private void refuse(Call call, Throwable failure) {
        Denial denial = failure instanceof CallRefused refused ? refused.denial() : fault(call, failure);
        boolean callers = denial.refusal().status() < ErrorCode.INTERNAL.status();
        if (!denial.settled() && (callers || call.worked())) {
            String counted = grouped(call, denial);
            denial = denial.record() == null ? denial.recorded(counted) : denial;
        }
        responder.refuse(call, denial);
    }

    private static Denial fault(Call call, Throwable failure) {
        LOG.atError()
                .setCause(failure)
                .addKeyValue("http.request.id", call.correlation().request())
                .log("a call failed for a reason of ours");
        return Denial.of(ErrorCode.INTERNAL, "the server failed; nothing was answered or charged");
    }

    private String grouped(Call call, Denial denial) {
        Caller caller = call.caller();
        TenantId tenant = caller == null ? TenantId.PLATFORM : caller.tenant();
        Principal principal = caller == null
                ? Principal.address(AddressPrefix.of(call.request().remoteAddress()))
                : DecisionRecords.principal(caller);
        return ports.records()
                .group(
                        DecisionRecords.group(call, tenant, principal, denial),
                        drafts.draft(call, tenant, principal, denial));
    }
}
