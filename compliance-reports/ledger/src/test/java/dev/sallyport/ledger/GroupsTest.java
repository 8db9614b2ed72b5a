package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import dev.sallyport.format.Ulid;
import dev.sallyport.policy.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final long SECOND = 1_000_000_000;

    private final Ulid.Factory ids = new Ulid.Factory(InstantSource.system(), new Random(1));
    private final Groups groups = new Groups();
    private final ArrayList<AuditRecord> written = new ArrayList<>();

    private String add(String prefix, String reason, long at) {
        Principal principal = Principal.address(prefix);
        AuditRecord draft = new RecordBuilder(
                        RecordKind.DECISION,
                        ids.next().toString(),
                        "platform",
                        Instant.EPOCH,
                        "node",
                        1,
                        principal,
                        "predict")
                .effect(Effect.DENY)
                .build();
        return groups.add(new GroupKey(TenantId.PLATFORM, principal, reason), draft, at);
    }

    @Test
    void group_withinItsSecond_isOneRecordUnderItsFirstId() {
        String first = add("a", "r", 0);
        assertThat(add("a", "r", SECOND - 1)).isEqualTo(first);
        assertThat(add("b", "r", 0)).isNotEqualTo(first);
        assertThat(add("a", "s", 0)).isNotEqualTo(first);

        groups.take(SECOND - 1, false, written::add);
        assertThat(written).isEmpty();
        groups.take(SECOND, false, written::add);
        assertThat(written).extracting(AuditRecord::count).containsExactly(2L, 1L, 1L);
        assertThat(add("a", "r", SECOND)).isNotEqualTo(first);
    }

    @Test
    void group_thatIsNotTaken_goesOnCounting() {
        add("a", "r", 0);
        groups.take(SECOND, false, record -> false);
        add("a", "r", SECOND);

        groups.take(2 * SECOND, false, written::add);

        assertThat(written).extracting(AuditRecord::count).containsExactly(2L);
    }

    @Test
    void groups_beyondTheLimit_areThrownTogether() {
        for (int i = 0; i < Groups.LIMIT + 500; i++) {
            add("prefix-" + i, "r", 0);
        }
        groups.take(0, true, written::add);

        assertThat(written).hasSize(Groups.LIMIT + 1);
        assertThat(written.getLast().count()).isEqualTo(500);
        assertThat(written.getLast().principal().id()).isEqualTo("other");
    }
}
