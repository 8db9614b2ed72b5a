package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static dev.sallyport.ledger.LedgerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Epochs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acts from outside a node. */
class LedgerActsIT {
    private final LedgerFixture fixture = new LedgerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void act_besideANode_isRecordedAndBindsTheNode() {
        long generation = fixture.ledger.health().generation();
        AuditRecord act;
        try (LedgerActs acts =
                LedgerActs.open(fixture.settings(fixture.database.jdbcUrl(), "node-1"), new SecureRandom())) {
            act = acts.mint().act(ACME, KEY, "key.issue", Act.on("keys/1")).build();
            acts.scope().change(ACME, scoped -> {
                scoped.record(act);
                return true;
            });
            byte[] key = "sp_key".getBytes(StandardCharsets.US_ASCII);
            assertThat(acts.keys().apiKeyHash(key))
                    .isEqualTo(fixture.ledger.keys().apiKeyHash(key));
        }
        assertThat(act.generation()).isZero();
        assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                .as("decided before the act")
                .isEqualTo(new AppendResult.Stale());
        assertThat(fixture.append(fixture.permit(ACME, new Epochs(1, 1), List.of()), null))
                .as("the node records on")
                .isInstanceOf(AppendResult.Committed.class);
        assertThat(fixture.ledger.health().retired()).isFalse();
        assertThat(fixture.ledger.health().generation()).isEqualTo(generation);
        assertThat(fixture.ledger
                        .reader()
                        .byId(new ReadScope.OneTenant(ACME), act.id())
                        .orElseThrow()
                        .record())
                .isEqualTo(act);
    }
}
