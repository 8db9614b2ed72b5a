package dev.sallyport.policy;

import java.util.List;

/**
 * The document whose rules are being read.
 *
 * @param layer its layer
 * @param document its name
 * @param digest its digest
 */
record Origin(Layer layer, String document, String digest) {
    Rule rule(String id, int line, List<String> controls) {
        return new Rule(id, layer, document, digest, line, controls);
    }

    Rule rule(String id, int line) {
        return rule(id, line, List.of());
    }
}
