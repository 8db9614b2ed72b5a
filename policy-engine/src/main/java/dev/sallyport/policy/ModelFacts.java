package dev.sallyport.policy;

import java.util.List;

/**
 * What publication and decisions know of a model version.
 *
 * @param model its name, as the tenant whose policy is asked knows it
 * @param version its version
 * @param fields the fields that its signature declares, in the signature's order
 * @param classifier whether it answers a label and a score a class, which is what output shapes apply to
 */
public record ModelFacts(ModelName model, ModelVersion version, List<FieldFacts> fields, boolean classifier) {
    /** Keeps its own copy of the fields. */
    public ModelFacts {
        fields = List.copyOf(fields);
    }
}
