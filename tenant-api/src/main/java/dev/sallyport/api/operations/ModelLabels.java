package dev.sallyport.api.operations;

import dev.sallyport.inference.ModelRef;
import io.micrometer.core.instrument.Tags;

/**
 * The labels of model versions; bounded. Only versions that exist come here: a name that a caller made up is refused
 * before anything is counted by it.
 */
final class ModelLabels {
    private static final int VERSIONS = 500;

    private final BoundedLabel versions = new BoundedLabel(VERSIONS);

    Labels of(ModelRef ref) {
        String model = ref.model().value();
        String version = ref.version().value();
        boolean apart = !versions.of(model + '/' + version).equals(BoundedLabel.OTHER);
        return apart ? new Labels(model, version) : new Labels(BoundedLabel.OTHER, BoundedLabel.OTHER);
    }

    record Labels(String model, String version) {
        Tags tags() {
            return Tags.of("model", model, "version", version);
        }
    }
}
