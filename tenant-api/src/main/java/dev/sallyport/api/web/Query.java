package dev.sallyport.api.web;

import io.vertx.core.MultiMap;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.List;

/**
 * What the library does not check of a query: it passes over names that are misspelt or given twice, so that {@code
 * ?dryrun=true} would publish.
 */
final class Query {
    private Query() {}

    /** @throws Problem 400 for a parameter that the operation has not, or that is given more than once */
    static void check(MultiMap query, Operation operation) {
        List<String> known = operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .sorted()
                .toList();
        for (String name : query.names()) {
            if (!known.contains(name)) {
                throw Problem.malformed(
                        known.isEmpty()
                                ? "this operation has no query parameters"
                                : "an unknown query parameter; there are " + String.join(", ", known));
            }
            if (query.getAll(name).size() > 1) {
                throw Problem.malformed("the query parameter " + name + " is given more than once");
            }
        }
    }
}
