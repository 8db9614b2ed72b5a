package dev.sallyport.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTest {
    private static Credential of(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Credential.of(headers);
    }

    private static Credential presented(String key) {
        return new Credential.Presented(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sp_a", "bearer sp_a", "BEARER sp_a", "  Bearer   sp_a  ", "Bearer \t sp_a"})
    void authorization_ofTheScheme_isTheKey(String value) {
        assertThat(of("Authorization", value)).isEqualTo(presented("sp_a"));
    }

    @Test
    void apiKeyHeader_isTheKey() {
        assertThat(of("x-api-key", " sp_a ")).isEqualTo(presented("sp_a"));
        assertThat(of("X-API-Key", "sp_a", "Authorization", "Basic dXNlcg==")).isEqualTo(presented("sp_a"));
        assertThat(of("X-API-Key", "", "Authorization", "Bearer sp_a")).isEqualTo(presented("sp_a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "Bearer\tsp_a", "Basic sp_a", "sp_a", "Bearersp_a"})
    void authorization_thatHoldsNoKey_isAbsent(String value) {
        assertThat(of("Authorization", value)).isEqualTo(new Credential.Absent());
    }

    @Test
    void headers_thatAreAbsentOrEmpty_areAbsent() {
        assertThat(of()).isEqualTo(new Credential.Absent());
        assertThat(of("X-API-Key", "  ")).isEqualTo(new Credential.Absent());
    }

    @Test
    void keys_thatDiffer_areConflicting_whateverTheyDifferIn() {
        assertThat(of("Authorization", "Bearer sp_a", "X-API-Key", "sp_a")).isEqualTo(presented("sp_a"));
        for (String other : new String[] {"sp_b", "sp_aa", "sp_", "SP_A", "ſp_a", "x".repeat(5_000)}) {
            assertThat(of("Authorization", "Bearer sp_a", "X-API-Key", other)).isEqualTo(new Credential.Conflicting());
            assertThat(of("Authorization", "Bearer " + other, "X-API-Key", "sp_a"))
                    .isEqualTo(new Credential.Conflicting());
        }
    }

    @Test
    void header_givenTwice_isConflicting_evenWithTheSameKey() {
        assertThat(of("Authorization", "Bearer sp_a", "Authorization", "Bearer sp_a"))
                .isEqualTo(new Credential.Conflicting());
        assertThat(of("X-API-Key", "sp_a", "x-api-key", "sp_a")).isEqualTo(new Credential.Conflicting());
    }

    @Test
    void key_longerThanAnyKey_isNotCarriedOn() {
        assertThat(of("X-API-Key", "sp_" + "a".repeat(253))).isEqualTo(presented("sp_" + "a".repeat(253)));
        assertThat(of("X-API-Key", "sp_" + "a".repeat(254))).isEqualTo(presented(""));
    }

    @Test
    void key_isNotPrinted() {
        assertThat(presented("sp_a").toString()).doesNotContain("sp_a");
    }
}
