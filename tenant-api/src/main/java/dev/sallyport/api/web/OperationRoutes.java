package dev.sallyport.api.web;

import dev.sallyport.api.http.Arrival;
import dev.sallyport.api.http.Bodies;
import dev.sallyport.api.http.Body;
import dev.sallyport.api.identity.AddressPrefix;
import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.Identity;
import dev.sallyport.api.identity.IdentityResult;
import dev.sallyport.api.operations.CallListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestUtils;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of the OpenAPI document as routes: identify, allow, check, handle, answer; and errors in the form of
 * RFC 9457. Used while starting, by one thread.
 */
public final class OperationRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRoutes.class);
    private static final int PART_BYTES = 1 << 16;

    /** Bytes of the longest body that an operation takes. */
    public static final int BODY_LIMIT = 1 << 20;

    private final Vertx vertx;
    private final Bodies bodies;
    private final Contract contract;
    private final Identity identity;
    private final Refusals refusals;
    private final CallListener ended;
    private final Supplier<String> ids;
    private final Executor blocking;
    private final Map<String, Handler> handlers = new HashMap<>();
    private final Map<String, Supplier<OperationAnswer>> published = new HashMap<>();

    /**
     * Makes routes without handlers.
     *
     * @param vertx completes on its contexts
     * @param bodies reads bodies of up to {@link #BODY_LIMIT} bytes
     * @param contract the OpenAPI document
     * @param identity tells who calls
     * @param refusals takes note of refusals
     * @param ended hears of each request that was answered
     * @param ids makes ids for requests that bring none
     * @param blocking runs the handlers, a virtual thread each
     */
    public OperationRoutes(
            Vertx vertx,
            Bodies bodies,
            Contract contract,
            Identity identity,
            Refusals refusals,
            CallListener ended,
            Supplier<String> ids,
            Executor blocking) {
        this.vertx = vertx;
        this.bodies = bodies;
        this.contract = contract;
        this.identity = identity;
        this.refusals = refusals;
        this.ended = ended;
        this.ids = ids;
        this.blocking = blocking;
    }

    /**
     * Says what an operation does.
     *
     * @param operationId as in the OpenAPI document
     * @param handler what it does
     */
    public void handle(String operationId, Handler handler) {
        if (handlers.put(operationId, handler) != null) {
            throw new IllegalStateException("two handlers for " + operationId);
        }
    }

    /**
     * Says what an operation answers that is open to everybody. Whoever asks is not known, so that asking must be cheap.
     *
     * @param operationId as in the OpenAPI document, with an empty {@code security} and no body
     * @param answer what it answers; may block
     */
    public void publish(String operationId, Supplier<OperationAnswer> answer) {
        if (published.put(operationId, answer) != null) {
            throw new IllegalStateException("two answers for " + operationId);
        }
    }

    /**
     * Puts the routes into a router.
     *
     * @param router of the server; each path is routed whole, other methods and unknown paths below included
     * @throws IllegalStateException if an operation has no handler or a handler no operation
     */
    public void mount(Router router) {
        router.route().handler(context -> {
            Trail.begin(context, ids, ended);
            context.next();
        });
        Set<String> unknown = new HashSet<>(handlers.keySet());
        unknown.addAll(published.keySet());
        for (Operation operation : contract.operations()) {
            unknown.remove(operation.getOperationId());
            router.route(operation.getHttpMethod(), routePath(operation))
                    .handler(way(operation))
                    .failureHandler(this::fail);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("no operation for " + unknown);
        }
        Buffer document = Contract.document().toBuffer();
        router.get("/openapi.json")
                .handler(context -> write(context, OperationAnswer.of("application/json", document)));
        mountLeftovers(router);
    }

    private io.vertx.core.Handler<RoutingContext> way(Operation operation) {
        String id = operation.getOperationId();
        if (Contract.isOpen(operation)) {
            Supplier<OperationAnswer> answer = known(published, id);
            return context -> tell(context, operation, answer);
        }
        Handler handler = known(handlers, id);
        return context -> serve(context, operation, handler);
    }

    private static <T> T known(Map<String, T> all, String operationId) {
        T found = all.get(operationId);
        if (found == null) {
            throw new IllegalStateException("no handler for " + operationId);
        }
        return found;
    }

    private void mountLeftovers(Router router) {
        Map<String, String> methods = contract.operations().stream()
                .collect(Collectors.toMap(
                        OperationRoutes::routePath,
                        operation -> operation.getHttpMethod().name(),
                        (one, other) -> one + ", " + other));
        methods.forEach((path, allowed) -> router.route(path).handler(context -> {
            context.response().putHeader("Allow", allowed);
            write(
                    context,
                    Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "this path has no such method; it has " + allowed));
        }));
        router.route().handler(context -> write(context, Problem.notFound()));
    }

    private static String routePath(Operation operation) {
        return operation.getAbsoluteOpenAPIPath().replaceAll("\\{(\\w+)}", ":$1");
    }

    private void tell(RoutingContext context, Operation operation, Supplier<OperationAnswer> answer) {
        Trail.of(context).operation(operation.getOperationId());
        Future.succeededFuture()
                .compose(begun -> {
                    Query.check(context.queryParams(), operation);
                    return run(answer);
                })
                .onSuccess(told -> write(context, told))
                .onFailure(failure -> write(context, OperationFailures.problem(failure, operation.getOperationId())));
    }

    private void serve(RoutingContext context, Operation operation, Handler handler) {
        Trail.of(context).operation(operation.getOperationId());
        Arrival body = bodies.read(context.request());
        // In a step of its own, so that the body is given back whatever goes wrong.
        Future.succeededFuture()
                .compose(begun -> identity.identify(context.request().headers()))
                .map(result -> allowed(context, operation, result))
                .compose(caller -> body.body().compose(sent -> checked(context, operation, caller, sent)))
                .compose(call -> run(() -> handler.handle(call)))
                .onComplete(over -> body.release())
                .onSuccess(answer -> write(context, answer))
                .onFailure(failure -> write(context, OperationFailures.problem(failure, operation.getOperationId())));
    }

    private Caller allowed(RoutingContext context, Operation operation, IdentityResult result) {
        return switch (result) {
            case IdentityResult.Known(Caller caller) -> {
                Trail.of(context).caller(caller);
                if (!Contract.roles(operation).contains(caller.role())) {
                    String detail = "the role " + caller.role().wireName() + " may not call this";
                    throw refused(context, operation, caller, Problem.of(ProblemCode.ROLE_NOT_ALLOWED, detail));
                }
                yield caller;
            }
            case IdentityResult.Missing missing ->
                throw refused(context, operation, null, OperationFailures.unauthenticated());
            case IdentityResult.Unknown unknown ->
                throw refused(context, operation, null, OperationFailures.unauthenticated());
            case IdentityResult.Conflicting conflicting ->
                throw Problem.of(
                        ProblemCode.CREDENTIALS_CONFLICT, "Authorization and X-API-Key hold two credentials: send one");
            case IdentityResult.Unavailable unavailable -> throw Problem.unavailable();
        };
    }

    private Problem refused(RoutingContext context, Operation operation, @Nullable Caller caller, Problem problem) {
        String network = AddressPrefix.of(context.request().remoteAddress());
        refusals.refused(
                caller, network, operation.getOperationId(), problem.code().name());
        return problem;
    }

    private Future<OperationCall> checked(RoutingContext context, Operation operation, Caller caller, Body sent) {
        Query.check(context.queryParams(), operation);
        Buffer body = sent.compressed() ? Buffer.buffer(sent.bytes(BODY_LIMIT)) : sent.sent();
        OperationCall call = new OperationCall(
                caller,
                context.pathParams(),
                context.queryParams(),
                context.request().headers(),
                body,
                Trail.of(context).request());
        return RequestUtils.extract(context.request(), operation, () -> Future.succeededFuture(body))
                .compose(request -> contract.validator().validate(request, operation.getOperationId()))
                .map(valid -> call);
    }

    private Future<OperationAnswer> run(Supplier<OperationAnswer> work) {
        Context context = vertx.getOrCreateContext();
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, blocking), context);
    }

    private void fail(RoutingContext context) {
        int status = context.statusCode();
        if (status >= 400 && status < 500) {
            write(context, Problem.malformed("the request cannot be read"));
        } else {
            Throwable failure = context.failure();
            write(
                    context,
                    OperationFailures.problem(failure == null ? new HttpException(status) : failure, "a request"));
        }
    }

    private void write(RoutingContext context, OperationAnswer answer) {
        HttpServerResponse response = context.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Cache-Control", "no-store");
        answer.stream()
                .ifPresentOrElse(
                        stream -> blocking.execute(() -> stream(context, stream)), () -> end(response, answer.body()));
    }

    /** The status is sent with the first part: what fails later can only be shown by breaking off. */
    private static void stream(RoutingContext context, OperationAnswer.Stream stream) {
        HttpServerResponse response = context.response().setChunked(true);
        try (var body = new BufferedOutputStream(new BodyStream(response), PART_BYTES)) {
            stream.writing().writeTo(body);
        } catch (IOException | RuntimeException e) {
            LOG.warn("an answer broke off", e);
            context.request().connection().close();
        } finally {
            stream.over().run();
        }
    }

    private static void write(RoutingContext context, Problem problem) {
        Trail.of(context).refused(problem.code().name());
        int status = problem.code().status();
        HttpServerResponse response = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store");
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.code().passing()) {
            response.putHeader("Retry-After", "1");
        }
        end(response, problem.body().toBuffer());
    }

    private static void end(HttpServerResponse response, Buffer body) {
        if (!response.ended() && !response.closed()) {
            response.end(body).onFailure(gone -> LOG.debug("the caller went away"));
        }
    }
}
