package dev.sallyport.policy;

import dev.sallyport.policy.lattice.Among;
import dev.sallyport.policy.lattice.AtLeast;
import dev.sallyport.policy.lattice.AtMost;
import dev.sallyport.policy.lattice.Keyed;
import dev.sallyport.policy.lattice.Meet;
import dev.sallyport.policy.lattice.Strictest;
import dev.sallyport.policy.lattice.Traced;
import dev.sallyport.policy.lattice.Union;
import dev.sallyport.policy.output.Shape;

/**
 * All settings of a document, or of several combined: a product of lattices, so that its meet is one setting's meet after
 * the other.
 *
 * @param purposes the ids of the purposes that are allowed
 * @param terms what is stated for each purpose; also for those that another layer does not allow
 * @param unknownFields what is done with fields that are not allowed
 * @param required fields that must come
 * @param allowed fields that may reach the model
 * @param forbidden fields that must not come
 * @param actions what is done about personal data
 * @param maxBytes the largest body, in bytes
 * @param maxRows the most rows
 * @param retention how long records of decisions are kept at least, in months
 * @param budgets the limit of each budget, in rows
 * @param rates the rates
 * @param shape how much of the scores is shown
 * @param topK how many scores are shown
 * @param decimals to how many decimals
 * @param conditions the conditions
 * @param citations which rules serve which controls
 */
record Settings(
        Traced<Among<String>, Rule> purposes,
        Keyed<String, Traced<PurposeTerms, Rule>> terms,
        Traced<Strictest<UnknownFields>, Rule> unknownFields,
        Union<String, Rule> required,
        Traced<Among<String>, Rule> allowed,
        Union<String, Rule> forbidden,
        Union<FieldAction, Rule> actions,
        Traced<AtMost, Rule> maxBytes,
        Traced<AtMost, Rule> maxRows,
        Traced<AtLeast, Rule> retention,
        Keyed<BudgetKey, Traced<AtMost, Rule>> budgets,
        Union<RateLimit, Rule> rates,
        Traced<Strictest<Shape>, Rule> shape,
        Traced<AtMost, Rule> topK,
        Traced<AtMost, Rule> decimals,
        Union<NamedCondition, Rule> conditions,
        Union<Citation, Rule> citations)
        implements Meet<Settings> {
    /** What a document without a section says: nothing. */
    static final Settings TOP = new Settings(
            Traced.unsaid(Among.any()),
            Keyed.none(),
            Traced.unsaid(new Strictest<>(UnknownFields.DROP)),
            Union.none(),
            Traced.unsaid(Among.any()),
            Union.none(),
            Union.none(),
            Traced.unsaid(AtMost.UNLIMITED),
            Traced.unsaid(AtMost.UNLIMITED),
            Traced.unsaid(AtLeast.NOTHING),
            Keyed.none(),
            Union.none(),
            Traced.unsaid(new Strictest<>(Shape.FULL)),
            Traced.unsaid(AtMost.UNLIMITED),
            Traced.unsaid(AtMost.UNLIMITED),
            Union.none(),
            Union.none());

    @Override
    public Settings meet(Settings other) {
        return new Settings(
                purposes.meet(other.purposes),
                terms.meet(other.terms),
                unknownFields.meet(other.unknownFields),
                required.meet(other.required),
                allowed.meet(other.allowed),
                forbidden.meet(other.forbidden),
                actions.meet(other.actions),
                maxBytes.meet(other.maxBytes),
                maxRows.meet(other.maxRows),
                retention.meet(other.retention),
                budgets.meet(other.budgets),
                rates.meet(other.rates),
                shape.meet(other.shape),
                topK.meet(other.topK),
                decimals.meet(other.decimals),
                conditions.meet(other.conditions),
                citations.meet(other.citations));
    }
}
