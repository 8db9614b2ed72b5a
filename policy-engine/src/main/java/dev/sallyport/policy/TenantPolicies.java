package dev.sallyport.policy;

import dev.sallyport.policy.lattice.AtLeast;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One tenant's documents with those above them. Not equal to any other, so that results kept for it are never those of
 * another state.
 */
final class TenantPolicies {
    private final TenantId tenant;
    private final PolicyDocument platform;
    private final Map<String, PolicyDocument> packs;
    private final TenantLayers layers;
    private final int retentionMonths;

    TenantPolicies(TenantId tenant, PolicyDocument platform, Map<String, PolicyDocument> packs, TenantLayers layers) {
        this.tenant = tenant;
        this.platform = platform;
        this.packs = packs;
        this.layers = layers;
        this.retentionMonths =
                Math.toIntExact(all().filter(document -> document.match().covers(tenant))
                        .map(document -> document.settings().retention().value())
                        .reduce(AtLeast.NOTHING, AtLeast::meet)
                        .floor());
    }

    /** Every document above this tenant's calls, whatever their models. */
    private Stream<PolicyDocument> all() {
        Stream<PolicyDocument> chosen = layers.packs().stream().map(packs::get).filter(Objects::nonNull);
        Stream<PolicyDocument> wide = Stream.concat(Stream.of(platform), chosen);
        return Stream.concat(
                Stream.concat(wide, Stream.ofNullable(layers.tenant())), layers.models().values().stream());
    }

    TenantId tenant() {
        return tenant;
    }

    TenantLayers layers() {
        return layers;
    }

    /** The highest floor of all documents for this tenant, whatever their models, in months; 0 for none. */
    int retentionMonths() {
        return retentionMonths;
    }

    /** Combines what applies to a model. */
    Combination combine(ModelFacts model) {
        List<PolicyProblem> problems = new ArrayList<>();
        List<PolicyDocument> documents = documents(model, problems);
        List<PolicyDocument> applying = documents.stream()
                .filter(document -> document.match().covers(tenant, model))
                .toList();
        Settings settings = applying.stream().map(PolicyDocument::settings).reduce(Settings.TOP, Settings::meet);
        problems.addAll(Contradictions.in(settings));
        return problems.isEmpty()
                ? new Combination.Effective(new EffectivePolicy(settings, applying, model, parents(documents)))
                : new Combination.Contradiction(problems, PolicyParser.sha256(applying.toString()));
    }

    private List<PolicyDocument> documents(ModelFacts model, List<PolicyProblem> problems) {
        List<PolicyDocument> documents = new ArrayList<>();
        add(platform, Layer.PLATFORM, documents, problems);
        for (String id : layers.packs().stream().sorted().distinct().toList()) {
            PolicyDocument pack = packs.get(id);
            if (pack == null) {
                problems.add(new PolicyProblem(
                        "the tenant has the pack \"" + id + "\", which is not installed", "", 1, 1, "pack/" + id));
            } else {
                add(pack, Layer.PACK, documents, problems);
            }
        }
        if (layers.tenant() != null) {
            add(layers.tenant(), Layer.TENANT, documents, problems);
        }
        PolicyDocument own = layers.models().get(model.model());
        if (own != null) {
            add(own, Layer.MODEL, documents, problems);
        }
        return documents;
    }

    private static void add(
            PolicyDocument document, Layer layer, List<PolicyDocument> documents, List<PolicyProblem> problems) {
        documents.add(document);
        if (document.layer() != layer) {
            problems.add(new PolicyProblem(
                    "the document is written for the layer " + document.layer().id() + " and stands in the layer "
                            + layer.id(),
                    "metadata.layer",
                    1,
                    1,
                    document.name()));
        }
    }

    /** Documents may name the layers above them by name or by place. */
    private List<PolicyProblem> parents(List<PolicyDocument> documents) {
        List<PolicyProblem> problems = new ArrayList<>();
        Set<String> above = new LinkedHashSet<>();
        for (PolicyDocument document : documents) {
            problems.addAll(Misfits.parents(document, above));
            above.add(document.name());
            switch (document.layer()) {
                case PLATFORM -> above.add(Packs.BASELINE);
                case PACK -> above.add("pack/" + document.name().replaceFirst("^pack/", ""));
                case TENANT -> above.add("tenant/" + tenant);
                case MODEL -> {}
            }
        }
        return problems;
    }
}
