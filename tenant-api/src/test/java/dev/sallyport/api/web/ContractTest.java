package dev.sallyport.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.identity.Role;
import io.vertx.core.Vertx;
import io.vertx.openapi.contract.Operation;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContractTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void document_isOpenApi_andEveryOperationNamesWhoMayCallIt() throws Exception {
        Contract contract =
                Contract.load(vertx).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(contract.operations()).hasSizeGreaterThan(20);
        for (Operation operation : contract.operations()) {
            assertThat(Contract.roles(operation).isEmpty())
                    .as(operation.getOperationId())
                    .isEqualTo(Contract.isOpen(operation));
            assertThat(Contract.roles(operation)).as(operation.getOperationId()).allMatch(Role::grantable);
        }
        assertThat(contract.operations().stream().filter(Contract::isOpen).map(Operation::getOperationId))
                .containsExactly("getLogKeys");
        assertThat(Contract.roles(operation(contract, "createTenant"))).isEqualTo(Set.of(Role.PLATFORM_ADMIN));
    }

    private static Operation operation(Contract contract, String id) {
        return contract.operations().stream()
                .filter(operation -> operation.getOperationId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
