package dev.sallyport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.RetentionClass;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of every class have a place to lie in, for as long as the class says. */
final class RetentionClassIT {
    private static LedgerFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new LedgerFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static List<String> column(String sql) throws SQLException {
        try (Connection superuser = fixture.database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    private static String month(int ahead) {
        YearMonth month = YearMonth.from(fixture.ledger.clock().instant().atOffset(ZoneOffset.UTC));
        return month.plusMonths(ahead).toString().replace('-', '_');
    }

    @ParameterizedTest
    @EnumSource
    void decision_ofAClass_liesInItsPartitionOfTheMonth(RetentionClass of) throws SQLException {
        RecordMint mint = fixture.ledger.mint().keeping(tenant -> of);
        AuditRecord record = mint.decision(mint.id(), LedgerFixture.ACME, LedgerFixture.KEY, "predict", Effect.DENY)
                .build();
        String month = month(0);

        assertThat(fixture.append(record, null)).isInstanceOf(AppendResult.Committed.class);
        assertThat(column("SELECT tableoid::regclass::text FROM records WHERE id = '" + record.id() + "'"))
                .containsExactly("records_" + of.code() + "_" + month);
        assertThat(record.retention()).isEqualTo(of);
    }

    @Test
    void partitions_ofEveryClass_existForTheMonthsToCome() throws SQLException {
        List<String> expected = Arrays.stream(RetentionClass.values())
                .flatMap(of -> List.of(0, 1, 2).stream().map(ahead -> "records_" + of.code() + "_" + month(ahead)))
                .toList();

        assertThat(column("SELECT relid::regclass::text FROM pg_partition_tree('records') WHERE isleaf"))
                .containsAll(expected);
    }

    @Test
    void months_ofAClass_areThoseOfTheTable() throws SQLException {
        assertThat(column("SELECT class || ' ' || months FROM retention_classes"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RetentionClass.values())
                        .map(of -> of.code() + " " + of.months())
                        .toList());
    }
}
