package dev.sallyport.policy;

import dev.sallyport.policy.document.Node;
import dev.sallyport.policy.lattice.Agreed;
import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.Keyed;
import dev.sallyport.policy.lattice.Traced;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.purposes}. */
final class PurposesReader {
    /** GDPR article 6(1), (a) to (f). */
    static final List<String> LAWFUL_BASES = List.of(
            "consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests");

    /** GDPR article 9(2), (a) to (j). */
    static final List<String> ART9_CONDITIONS = List.of(
            "explicit_consent",
            "employment",
            "vital_interests",
            "not_for_profit",
            "made_public",
            "legal_claims",
            "substantial_public_interest",
            "health_care",
            "public_health",
            "research");

    /** 45 CFR 164.502(a)(1), 164.506 to 164.514. */
    static final List<String> HIPAA_GROUNDS = List.of(
            "treatment",
            "payment",
            "operations",
            "authorization",
            "required_by_law",
            "public_health",
            "research",
            "limited_data_set",
            "deidentified");

    private final Origin origin;
    private final Problems problems;
    private final Values values;
    private final TreeMap<String, Traced<PurposeTerms, Rule>> terms = new TreeMap<>();

    PurposesReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** The ids that are allowed; reading fills the terms too. */
    Traced<Among<String>, Rule> read(@Nullable Node node, int line) {
        if (node == null) {
            return Traced.unsaid(Among.any());
        }
        Rule rule = origin.rule("purposes", line);
        if (Values.isAny(node)) {
            return Traced.of(Among.any(), rule);
        }
        values.items(node, "purposes, or any", false).forEach(this::purpose);
        return Traced.of(Among.of(terms.keySet()), rule);
    }

    Keyed<String, Traced<PurposeTerms, Rule>> terms() {
        return new Keyed<>(terms);
    }

    private void purpose(Node node) {
        Keys keys = Keys.of(node, Section.PURPOSE, problems);
        String id = values.text(keys.need("id", "the purpose's name"), Values.ID, "a purpose's name");
        PurposeTerms stated = new PurposeTerms(
                Agreed.of(values.word(keys.get("lawfulBasis"), LAWFUL_BASES, List.of())),
                Agreed.of(values.word(keys.get("art9"), ART9_CONDITIONS, List.of())),
                Agreed.of(values.word(keys.get("hipaa"), HIPAA_GROUNDS, List.of())));
        List<String> controls = values.controls(keys.get("controls"));
        if (id == null) {
            return;
        }
        Rule rule = origin.rule("purposes." + id, node.position().line(), controls);
        if (terms.putIfAbsent(id, Traced.of(stated, rule)) != null) {
            problems.at(node, "the purpose \"" + id + "\" stands here a second time");
        }
    }
}
