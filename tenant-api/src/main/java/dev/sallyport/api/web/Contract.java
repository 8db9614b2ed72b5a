package dev.sallyport.api.web;

import dev.sallyport.api.identity.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The OpenAPI document: what is served under {@code /openapi.json}, what requests are checked against, and, as {@code
 * x-roles}, who may call what. An operation without {@code x-roles} may be called by nobody, but for one whose {@code
 * security} is empty: that is open to everybody.
 */
public final class Contract {
    private static final String RESOURCE = "openapi.yaml";

    private final OpenAPIContract contract;
    private final RequestValidator validator;

    private Contract(OpenAPIContract contract, RequestValidator validator) {
        this.contract = contract;
        this.validator = validator;
    }

    /**
     * Reads the document that comes with the program.
     *
     * @param vertx checks on its contexts
     * @return fails if the document is not OpenAPI
     */
    public static Future<Contract> load(Vertx vertx) {
        return OpenAPIContract.from(vertx, ContractReduction.of(document()))
                .map(contract -> new Contract(contract, RequestValidator.create(vertx, contract)));
    }

    /**
     * The document.
     *
     * @return OpenAPI 3.1 as JSON
     */
    static JsonObject document() {
        try (InputStream yaml = Contract.class.getResourceAsStream(RESOURCE)) {
            if (yaml == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
            @SuppressWarnings("unchecked") // an OpenAPI document is a mapping with text for keys
            Map<String, Object> members = (Map<String, Object>) tree;
            return new JsonObject(new JsonObject(members).encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All operations. */
    List<Operation> operations() {
        return contract.operations();
    }

    /** Checks requests. */
    RequestValidator validator() {
        return validator;
    }

    /** Whether everybody may call an operation, with no credential. */
    static boolean isOpen(Operation operation) {
        return operation.getOpenAPIModel().getValue("security") instanceof JsonArray none && none.isEmpty();
    }

    /** Who may call an operation. */
    static Set<Role> roles(Operation operation) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        if (operation.getOpenAPIModel().getValue("x-roles") instanceof JsonArray names) {
            names.forEach(
                    name -> roles.add(Role.ofWireName(String.valueOf(name)).orElseThrow()));
        }
        return Collections.unmodifiableSet(roles);
    }
}
