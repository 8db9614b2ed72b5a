package dev.sallyport.policy;

import java.util.List;
import java.util.stream.Stream;

/** The meet of all documents that apply to a tenant's model. Immutable, thread-safe, without I/O. */
public final class EffectivePolicy {
    private final String digest;
    private final List<PolicyDocument> documents;
    private final List<Setting> list;
    private final List<String> controls;
    private final Admitting.Gate gate;
    private final Admitting admitting;
    private final Inspecting inspecting;
    private final NamedTerms named;
    private final List<PolicyProblem> misfits;

    /**
     * Compiles a policy.
     *
     * @param settings the meet of the documents' settings, without contradiction
     * @param documents the documents, in the order of layers
     * @param model the model
     * @param parents the problems of documents that name layers which are not there
     */
    EffectivePolicy(Settings settings, List<PolicyDocument> documents, ModelFacts model, List<PolicyProblem> parents) {
        var citations = new Citations(settings);
        var resolution = new Resolution(settings, citations);
        Obligations obligations = resolution.obligations();
        boolean covered =
                documents.stream().anyMatch(document -> document.layer().compareTo(Layer.TENANT) >= 0);
        this.documents = List.copyOf(documents);
        this.gate = new Admitting.Gate(
                settings,
                citations,
                model,
                covered,
                List.copyOf(resolution.purposes()),
                List.copyOf(resolution.budgets()),
                List.copyOf(resolution.rates()),
                obligations);
        this.list = SettingsList.of(settings, citations, gate.budgets(), gate.rates());
        this.controls = documents.stream()
                .flatMap(document -> document.controls().stream())
                .sorted()
                .distinct()
                .toList();
        this.digest = PolicyParser.sha256(canonical());
        this.admitting = new Admitting(gate);
        this.named = NamedTerms.of(settings);
        this.inspecting = new Inspecting(settings, citations, model, obligations, named);
        this.misfits = Stream.concat(parents.stream(), Misfits.of(settings, model, obligations).stream())
                .toList();
    }

    private String canonical() {
        var text = new StringBuilder("sallyport/v1\n");
        for (PolicyDocument document : documents) {
            text.append(document.layer().id()).append(' ').append(document).append('\n');
        }
        for (Setting setting : list) {
            text.append(setting.path())
                    .append(": ")
                    .append(setting.value().replace("\\", "\\\\").replace("\n", "\\n"))
                    .append(" # ")
                    .append(setting.origin().place())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * What identifies it.
     *
     * @return lower-case hex SHA-256 of its canonical resolved form, which includes the digests of its documents
     */
    public String digest() {
        return digest;
    }

    /**
     * The documents that apply.
     *
     * @return in the order of layers
     */
    public List<PolicyDocument> documents() {
        return documents;
    }

    /**
     * Every setting that is in force, with its origin.
     *
     * @return sorted by path
     */
    public List<Setting> settings() {
        return list;
    }

    /**
     * The controls that the documents speak of.
     *
     * @return ids, sorted
     */
    public List<String> controls() {
        return controls;
    }

    /**
     * The purposes that are allowed.
     *
     * @return sorted by id; empty while purposes are {@code any}, which is a gap
     */
    public List<PurposeRule> purposes() {
        return gate.purposes();
    }

    /**
     * Whether a document speaks of a field by its name, allowing it or not.
     *
     * @param field the name
     * @return false for a name that is its sender's own, which may be anything and is not to be shown or recorded
     */
    public boolean namesField(String field) {
        return named.fields().contains(field);
    }

    /**
     * Whether a document speaks of a purpose by its id, allowing it or not.
     *
     * @param purpose the id
     * @return false for a word that is its sender's own, which may be anything and is not to be shown or recorded
     */
    public boolean namesPurpose(String purpose) {
        return named.purposes().contains(purpose);
    }

    /**
     * The budgets that every call is counted in.
     *
     * @return sorted by id
     */
    public List<BudgetRule> budgets() {
        return gate.budgets();
    }

    /**
     * The rates that every call is held to.
     *
     * @return sorted by id
     */
    public List<RateRule> rates() {
        return gate.rates();
    }

    /**
     * What is done to outputs.
     *
     * @return the obligations of every permit
     */
    public Obligations obligations() {
        return gate.obligations();
    }

    /**
     * What the policy asks of this model that the model cannot carry out: unknown fields, redaction of a number that has
     * no value for missing, shapes of outputs. Publication refuses a document that brings such a thing in; a call that
     * meets one is denied.
     *
     * @return the problems; empty when the model fits
     */
    public List<PolicyProblem> misfits() {
        return misfits;
    }

    /**
     * Decides on a call's facts, before anything is reserved for it.
     *
     * @param facts the facts
     * @return permit with what to reserve, a denial or a gap
     */
    public Admission admit(AdmitFacts facts) {
        return admitting.admit(facts);
    }

    /**
     * Decides on a call's content, before it goes to the model.
     *
     * @param facts the content
     * @return permit with what to change, or a denial
     */
    public Inspection inspect(InspectFacts facts) {
        return inspecting.inspect(facts);
    }
}
