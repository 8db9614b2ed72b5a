package dev.sallyport.api.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import java.util.List;

/*
 * The library refuses a document that names a media type which it cannot check: YAML, HTML, problems. Policies are
 * checked by the policy language's own parser, which knows positions; so their bodies are left out here, and so is every
 * content that the library does not know. Paths, queries and all other bodies are checked.
 */
/** The part of the OpenAPI document that requests are checked against. */
final class ContractReduction {
    private static final String POLICY_BODY = "#/components/requestBodies/PolicyDocument";

    private ContractReduction() {}

    /** A copy without what the library cannot check. */
    static JsonObject of(JsonObject document) {
        JsonObject copy = document.copy();
        copy.getJsonObject("components").remove("requestBodies");
        reduce(copy);
        return copy;
    }

    private static void reduce(JsonObject node) {
        if (node.getValue("requestBody") instanceof JsonObject body && POLICY_BODY.equals(body.getString("$ref"))) {
            node.remove("requestBody");
        }
        if (node.getValue("content") instanceof JsonObject content) {
            List.copyOf(content.fieldNames()).stream()
                    .filter(type -> !MediaType.isMediaTypeSupported(type))
                    .forEach(content::remove);
            if (content.isEmpty()) {
                node.remove("content");
            }
        }
        for (String name : List.copyOf(node.fieldNames())) {
            descend(node.getValue(name));
        }
    }

    private static void descend(Object value) {
        if (value instanceof JsonObject object) {
            reduce(object);
        } else if (value instanceof JsonArray array) {
            array.forEach(ContractReduction::descend);
        }
    }
}
