package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.ParseResult;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyParser;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Publishes and withdraws policy documents. A publication is final when the call returns, and of two that contradict each
 * other one is refused, however close they come. Every call blocks on the
 * database: call it on a virtual thread. Safe for many threads.
 */
public final class PolicyPublisher {
    private final Acts acts;
    private final CheckedActs checked;
    private final TenantScope scope;
    private final Tenants tenants;
    private final PolicyCheck check;

    /**
     * Makes the one instance.
     *
     * @param acts performs and records
     * @param scope the way to tenants' rows
     * @param tenants tells who exists
     * @param check tells whether a document goes with the other layers and the models
     */
    public PolicyPublisher(Acts acts, TenantScope scope, Tenants tenants, PolicyCheck check) {
        this.acts = acts;
        this.checked = new CheckedActs(acts);
        this.scope = scope;
        this.tenants = tenants;
        this.check = check;
    }

    /**
     * Publishes a document at a place and records the act in the same transaction.
     *
     * @param place where
     * @param source YAML or JSON
     * @param expected the version that must be in force, 0 for none; empty for any
     * @param dryRun whether nothing is to be stored
     * @param actor who asks
     * @return what became of it; publishing what is in force already changes nothing
     */
    public Publication publish(PolicyPlace place, String source, OptionalInt expected, boolean dryRun, Actor actor) {
        if (tenants.find(place.owner()).isEmpty()) {
            return new Publication.Unknown("there is no tenant " + place.owner());
        }
        return switch (PolicyParser.parse(name(place), source)) {
            case ParseResult.Rejected(List<PolicyProblem> problems) -> new Publication.Rejected(problems);
            case ParseResult.Parsed(PolicyDocument document) -> {
                if (document.layer() != place.layer()) {
                    yield new Publication.Rejected(List.of(misplaced(place, document)));
                }
                yield dryRun ? tried(place, document, expected) : store(place, document, expected, actor);
            }
        };
    }

    /**
     * Takes a tenant's or model's own layer away.
     *
     * @param place where; never the platform's layer
     * @param expected the version that must be in force; empty for any
     * @param actor who asks
     * @return what became of it: published with the version that was withdrawn, rejected where another document extends it,
     *     stale, contended or unknown
     */
    public Publication withdraw(PolicyPlace place, OptionalInt expected, Actor actor) {
        if (place instanceof PolicyPlace.OfPlatform) {
            return new Publication.Unknown("the platform's layer cannot be taken away");
        }
        return perform(place, actor, () -> check.withdrawal(place), scoped -> {
            Optional<PublishedPolicy> current = inForce(scoped, place);
            if (current.isEmpty()) {
                return new Publication.Unknown("there is no policy of this layer");
            }
            PublishedPolicy policy = current.get();
            if (expected.isPresent() && expected.getAsInt() != policy.version()) {
                return new Publication.Stale(OptionalInt.of(policy.version()));
            }
            PolicyTable.withdraw(scoped, place, policy.version());
            acts.record(scoped, actor, "policy.withdraw", object(place), policy.digest(), null, Map.of());
            return new Publication.Published(policy.version(), policy.digest(), true);
        });
    }

    private Publication perform(
            PolicyPlace place, Actor actor, Supplier<Checked> looking, TenantScope.Work<Publication> work) {
        return checked.perform(place.owner(), actor, looking, Publication.Rejected::new, work)
                .orElseGet(Publication.Contended::new);
    }

    /**
     * Reads the document in force.
     *
     * @param place where
     * @return empty if there is none
     */
    public Optional<PublishedPolicy> current(PolicyPlace place) {
        return scope.run(place.owner(), scoped -> inForce(scoped, place));
    }

    /**
     * Whether a document was ever published at a place, whatever became of it since.
     *
     * @param place where
     * @return true for one that was withdrawn, too
     */
    public boolean wasPublished(PolicyPlace place) {
        return scope.run(
                place.owner(), scoped -> PolicyTable.latest(scoped, place).isPresent());
    }

    private static PolicyProblem misplaced(PolicyPlace place, PolicyDocument document) {
        String sentence = "a document published here has metadata.layer "
                + place.layer().name().toLowerCase(Locale.ROOT);
        return new PolicyProblem(sentence, "metadata.layer", 1, 1, document.name());
    }

    private Publication tried(PolicyPlace place, PolicyDocument document, OptionalInt expected) {
        List<PolicyProblem> problems = check.publication(place, document).problems();
        if (!problems.isEmpty()) {
            return new Publication.Rejected(problems);
        }
        return scope.run(place.owner(), scoped -> {
            Optional<Publication> settled = verdict(scoped, place, document, expected);
            return settled.isPresent()
                    ? settled.get()
                    : new Publication.Published(next(scoped, place), document.digest(), false);
        });
    }

    private Publication store(PolicyPlace place, PolicyDocument document, OptionalInt expected, Actor actor) {
        return perform(place, actor, () -> check.publication(place, document), scoped -> {
            Optional<Publication> settled = verdict(scoped, place, document, expected);
            return settled.isPresent() ? settled.get() : insert(scoped, place, document, actor);
        });
    }

    /** The answer where nothing is to be stored: another version is in force than expected, or this very document. */
    private static Optional<Publication> verdict(
            Scoped scoped, PolicyPlace place, PolicyDocument document, OptionalInt expected) throws SQLException {
        Optional<PublishedPolicy> current = inForce(scoped, place);
        int version = current.map(PublishedPolicy::version).orElse(0);
        boolean stale = (expected.isPresent() && expected.getAsInt() != version)
                || (document.basedOn().isPresent() && document.basedOn().getAsInt() != version);
        if (stale) {
            return Optional.of(
                    new Publication.Stale(current.isPresent() ? OptionalInt.of(version) : OptionalInt.empty()));
        }
        return current.filter(policy -> policy.digest().equals(document.digest()))
                .map(policy -> new Publication.Published(policy.version(), policy.digest(), false));
    }

    private Publication insert(Scoped scoped, PolicyPlace place, PolicyDocument document, Actor actor)
            throws SQLException {
        Optional<PolicyTable.Latest> latest = PolicyTable.latest(scoped, place);
        int version = next(scoped, place);
        String before =
                latest.filter(l -> !l.withdrawn()).map(l -> l.policy().digest()).orElse(null);
        String record = acts.record(
                scoped,
                actor,
                "policy.publish",
                object(place),
                before,
                document.digest(),
                Map.of("version", Integer.toString(version)));
        PolicyTable.insert(scoped, place, version, document.digest(), document.source(), actor.id(), record);
        return new Publication.Published(version, document.digest(), true);
    }

    private static int next(Scoped scoped, PolicyPlace place) throws SQLException {
        return PolicyTable.latest(scoped, place).map(l -> l.policy().version()).orElse(0) + 1;
    }

    private static Optional<PublishedPolicy> inForce(Scoped scoped, PolicyPlace place) throws SQLException {
        return PolicyTable.latest(scoped, place)
                .filter(latest -> !latest.withdrawn())
                .map(PolicyTable.Latest::policy);
    }

    private static String name(PolicyPlace place) {
        return switch (place) {
            case PolicyPlace.OfPlatform platform -> "platform";
            case PolicyPlace.OfTenant(TenantId tenant) -> "tenant/" + tenant;
            case PolicyPlace.OfModel(TenantId tenant, var model) -> tenant + "/" + model.value();
        };
    }

    private static String object(PolicyPlace place) {
        return place instanceof PolicyPlace.OfModel(TenantId tenant, var model)
                ? "models/" + model.value() + "/policy"
                : "policy";
    }
}
