package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CatalogueIT {
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void schema_asMigrated_hasNoFault() throws SQLException {
        try (Connection superuser = database.superuser()) {
            assertThat(new Catalogue(superuser).faults()).isEmpty();
        }
    }

    @Test
    void schema_withPartitionsOfTheJanitor_hasNoFault() throws SQLException {
        try (Connection janitor = database.connect(DatabaseRole.JANITOR);
                Connection superuser = database.superuser()) {
            assertThat(Sql.one(janitor, "SELECT partitions_ensure('2031-05-17')"))
                    .isEqualTo("3");
            assertThat(Sql.one(janitor, "SELECT partitions_ensure('2031-05-01')"))
                    .isEqualTo("0");
            assertThat(new Catalogue(superuser).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE TABLE bad (tenant text NOT NULL)                      | bad has a tenant, and no row-level security",
                "CREATE TABLE bad (x text)                                    | bad has no tenant and is not listed",
                "CREATE TABLE bad (tenant text)                               | bad has a tenant that may be null",
                "CREATE VIEW bad AS SELECT tenant, id FROM records            | bad has a tenant",
                "ALTER TABLE reports NO FORCE ROW LEVEL SECURITY              | reports has a tenant",
                "CREATE POLICY bad ON reports TO app USING (true)             | an unlisted policy is true: app reports",
                "CREATE POLICY bad ON reports USING (tenant = 'a')            | a policy for everyone: reports",
                "GRANT SELECT ON records_standard TO auditor                  | a grant on the partition records_standard",
                "GRANT SELECT (id) ON records_long TO auditor                 | a grant on the partition records_long",
                "GRANT SELECT ON tenants TO PUBLIC                            | a grant to everyone on tenants",
                "ALTER TABLE reports OWNER TO app                             | reports belongs to app",
                "ALTER FUNCTION door_tenants() RESET search_path              | without a search path",
                "ALTER FUNCTION door_tenants() OWNER TO app                   | door_tenants is a definer function of app",
                "GRANT EXECUTE ON FUNCTION door_tenants() TO PUBLIC           | door_tenants may be called by everyone",
            })
    void schema_withPlantedFault_isCaught(String planted, String fault) throws SQLException {
        try (Connection superuser = database.superuser()) {
            superuser.setAutoCommit(false);
            Sql.run(superuser, planted);
            assertThat(new Catalogue(superuser).faults()).anyMatch(line -> line.contains(fault));
            superuser.rollback();
        }
    }
}
