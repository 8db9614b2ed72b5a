package dev.sallyport.api.admin;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Policies at their three places, the packs, and the language's schema. */
public final class PolicyRoutes {
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"?(\\d{1,9})\"?\\s*");

    private final PolicyPublisher publisher;
    private final Tenants tenants;

    /**
     * Makes the handlers.
     *
     * @param publisher the service
     * @param tenants tells who exists
     */
    public PolicyRoutes(PolicyPublisher publisher, Tenants tenants) {
        this.publisher = publisher;
        this.tenants = tenants;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        Function<OperationCall, PolicyPlace> platform = call -> new PolicyPlace.OfPlatform();
        Function<OperationCall, PolicyPlace> tenant = call -> new PolicyPlace.OfTenant(call.tenant());
        Function<OperationCall, PolicyPlace> model =
                call -> new PolicyPlace.OfModel(call.tenant(), new ModelName(call.path("model")));
        routes.handle("getPlatformPolicy", call -> platform());
        routes.handle("putPlatformPolicy", call -> put(call, platform.apply(call)));
        routes.handle("getTenantPolicy", call -> get(tenant.apply(call)));
        routes.handle("putTenantPolicy", call -> put(call, tenant.apply(call)));
        routes.handle("deleteTenantPolicy", call -> delete(call, tenant.apply(call)));
        routes.handle("getModelPolicy", call -> get(model.apply(call)));
        routes.handle("putModelPolicy", call -> put(call, model.apply(call)));
        routes.handle("deleteModelPolicy", call -> delete(call, model.apply(call)));
        routes.handle("getPack", PolicyRoutes::pack);
        routes.handle(
                "getPolicySchema",
                call -> OperationAnswer.of("application/schema+json", Buffer.buffer(Packs.schema())));
    }

    private OperationAnswer get(PolicyPlace place) {
        requireOwner(place);
        return publisher.current(place).map(PolicyRoutes::document).orElseThrow(Problem::notFound);
    }

    private void requireOwner(PolicyPlace place) {
        if (tenants.find(place.owner()).isEmpty()) {
            throw Problem.notFound();
        }
    }

    /** Until another is published, the baseline that comes with the program is in force; it has no version. */
    private OperationAnswer platform() {
        return publisher
                .current(new PolicyPlace.OfPlatform())
                .map(PolicyRoutes::document)
                .orElseGet(() -> shipped(Packs.baseline()));
    }

    private OperationAnswer put(OperationCall call, PolicyPlace place) {
        boolean dryRun = call.query("dryRun").filter("true"::equals).isPresent();
        return answer(publisher.publish(place, text(call), expected(call), dryRun, call.actor()));
    }

    private OperationAnswer delete(OperationCall call, PolicyPlace place) {
        requireOwner(place);
        return switch (publisher.withdraw(place, expected(call), call.actor())) {
            case Publication.Published published -> OperationAnswer.empty();
            case Publication.Stale(OptionalInt current) -> throw stale(current);
            case Publication.Rejected(List<PolicyProblem> problems) ->
                throw Problem.unprocessable("it cannot be taken away", AdminJson.of(problems));
            case Publication.Contended contended -> throw AdminJson.contended();
            case Publication.Unknown unknown -> throw Problem.notFound();
        };
    }

    private static OperationAnswer answer(Publication publication) {
        return switch (publication) {
            case Publication.Published(int version, String digest, boolean stored) ->
                OperationAnswer.json(
                                200,
                                new JsonObject()
                                        .put("version", version)
                                        .put("digest", digest)
                                        .put("stored", stored))
                        .with("ETag", "\"" + version + "\"");
            case Publication.Rejected(List<PolicyProblem> problems) ->
                throw Problem.unprocessable(problems.getFirst().toString(), AdminJson.of(problems));
            case Publication.Stale(OptionalInt current) -> throw stale(current);
            case Publication.Contended contended -> throw AdminJson.contended();
            case Publication.Unknown unknown -> throw Problem.notFound();
        };
    }

    private static Problem stale(OptionalInt current) {
        String detail = current.isPresent()
                ? "version " + current.getAsInt() + " is in force: read it, and start from it"
                : "no version is in force: leave If-Match out, and basedOn too";
        return Problem.of(ProblemCode.POLICY_CHANGED, detail);
    }

    private static OptionalInt expected(OperationCall call) {
        String match = call.headers().get("If-Match");
        if (match == null) {
            return "*".equals(call.headers().get("If-None-Match")) ? OptionalInt.of(0) : OptionalInt.empty();
        }
        Matcher tag = TAG.matcher(match);
        if (match.strip().equals("*")) {
            return OptionalInt.empty();
        }
        if (!tag.matches()) {
            throw Problem.malformed("If-Match holds one entity tag, such as \"3\"");
        }
        return OptionalInt.of(Integer.parseInt(tag.group(1)));
    }

    private static String text(OperationCall call) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(call.body().getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.malformed("a policy document is UTF-8");
        }
    }

    private static OperationAnswer document(PublishedPolicy policy) {
        return OperationAnswer.of("application/yaml", Buffer.buffer(policy.source()))
                .with("ETag", "\"" + policy.version() + "\"")
                .with("Sallyport-Policy-Digest", policy.digest());
    }

    private static OperationAnswer pack(OperationCall call) {
        PolicyDocument pack = Packs.shipped().get(call.path("pack"));
        if (pack == null) {
            throw Problem.notFound();
        }
        return shipped(pack);
    }

    private static OperationAnswer shipped(PolicyDocument document) {
        return OperationAnswer.of("application/yaml", Buffer.buffer(document.source()))
                .with("Sallyport-Policy-Digest", document.digest());
    }
}
