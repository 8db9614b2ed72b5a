package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PoolStateIT {
    private static final LedgerRole DOOR = LedgerRole.DOOR;

    private final LedgerFixture fixture = new LedgerFixture();
    private final List<Connection> lent = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Connection connection : lent) {
            connection.close();
        }
        fixture.close();
    }

    private PoolState door() {
        return fixture.ledger.pool(DOOR);
    }

    @Test
    void pool_allLent_tellsSoAndCountsWhoWaitedInVain() throws Exception {
        long before = door().waits();
        for (int i = 0; i < DOOR.connections(); i++) {
            lent.add(fixture.ledger.door().getConnection());
        }

        assertThatThrownBy(() -> fixture.ledger.door().getConnection())
                .isInstanceOf(SQLTransientConnectionException.class);

        PoolState state = door();
        assertThat(state.active()).isEqualTo(DOOR.connections());
        assertThat(state.idle()).isZero();
        assertThat(state.limit()).isEqualTo(DOOR.connections());
        assertThat(state.waits()).isEqualTo(before + DOOR.connections() + 1);
        assertThat(state.waited()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
        assertThat(state.timeouts()).isEqualTo(1);
    }
}
