package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.Role;
import dev.sallyport.api.state.TenantSnapshot;
import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.inference.Field;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.BudgetRule;
import dev.sallyport.policy.BudgetScope;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.PurposeRule;
import dev.sallyport.policy.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code /me/v1}. */
public final class MeRoutes {
    private final Function<TenantId, TenantSnapshot> snapshots;
    private final TenantScope scope;
    private final InstantSource clock;

    /**
     * Makes the handler.
     *
     * @param snapshots what a tenant's calls are decided from; may block
     * @param scope the way to tenants' rows
     * @param clock the database's time, which budgets go by
     */
    public MeRoutes(Function<TenantId, TenantSnapshot> snapshots, TenantScope scope, InstantSource clock) {
        this.snapshots = snapshots;
        this.scope = scope;
        this.clock = clock;
    }

    /**
     * Says what the operation does.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("getMe", this::me);
    }

    private OperationAnswer me(OperationCall call) {
        Caller caller = call.caller();
        JsonObject body = new JsonObject()
                .put("tenant", caller.tenant().value())
                .put("role", caller.role().wireName())
                .put("key", caller.keyId());
        String purpose = caller.purpose();
        if (purpose != null) {
            body.put("purpose", purpose);
        }
        JsonArray models = new JsonArray();
        if (caller.role() == Role.CALLER) {
            TenantSnapshot snapshot = snapshots.apply(caller.tenant());
            snapshot.models().forEach((name, versions) -> {
                if (caller.mayAsk(name)) {
                    models.add(model(caller, snapshot, new ModelName(name), versions));
                }
            });
        }
        return OperationAnswer.json(200, body.put("models", models));
    }

    private JsonObject model(
            Caller caller,
            TenantSnapshot snapshot,
            ModelName alias,
            NavigableMap<ModelVersion, ModelManifest> versions) {
        ModelManifest newest = versions.lastEntry().getValue();
        JsonObject json = new JsonObject()
                .put("name", alias.value())
                .put("versions", array(versions.keySet().stream().map(ModelVersion::value)))
                .put("fields", array(newest.signature().fields().stream().map(Field::name)));
        return switch (snapshot.policies().policyFor(caller.tenant(), newest.facts(alias))) {
            case Combination.Effective(EffectivePolicy policy) ->
                json.put("policy", policy.digest())
                        .put("purposes", array(policy.purposes().stream().map(PurposeRule::id)))
                        .put("disclosure", policy.obligations().output().tier())
                        .put("budgets", budgets(caller, alias, policy));
            case Combination.Contradiction contradiction ->
                json.put("policy", contradiction.digest())
                        .put("purposes", new JsonArray())
                        .put("disclosure", "none")
                        .put("budgets", new JsonArray());
        };
    }

    /** What remains of each budget that can be known without a subject, by what is committed. */
    private JsonArray budgets(Caller caller, ModelName alias, EffectivePolicy policy) {
        JsonArray all = new JsonArray();
        for (BudgetRule rule : policy.budgets()) {
            if (!rule.scope().contains(BudgetScope.SUBJECT)) {
                Used used = used(caller, alias, rule);
                all.add(new JsonObject()
                        .put("id", rule.id())
                        .put("limit", rule.limit())
                        .put("window", rule.window().length())
                        .put("remaining", Math.max(0, rule.limit() - used.rows))
                        .put("resets", rule.window().countsUntil(used.oldest).toString()));
            }
        }
        return all;
    }

    /**
     * What all nodes together have charged.
     *
     * @param rows of the window
     * @param oldest when the first of them were charged, now where there are none
     */
    private record Used(long rows, Instant oldest) {}

    private Used used(Caller caller, ModelName alias, BudgetRule rule) {
        Instant now = clock.instant();
        String sql = "SELECT coalesce(sum(used), 0), min(window_start) FILTER (WHERE used > 0) FROM budget_shares"
                + " WHERE tenant = ? AND budget = ? AND window_start >= ? AND window_start < ?";
        return scope.run(caller.tenant(), scoped -> {
            try (PreparedStatement query = scoped.connection().prepareStatement(sql)) {
                query.setString(1, caller.tenant().value());
                query.setString(2, rule.identity(caller.tenant(), caller.lineage(), alias, null));
                query.setTimestamp(3, Timestamp.from(rule.window().countsFrom(now)));
                query.setTimestamp(4, Timestamp.from(rule.window().end(now)));
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    Timestamp oldest = row.getTimestamp(2);
                    return new Used(row.getLong(1), oldest == null ? now : oldest.toInstant());
                }
            }
        });
    }

    private static JsonArray array(Stream<String> values) {
        return new JsonArray(values.toList());
    }
}
