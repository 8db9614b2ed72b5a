package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RolePasswordsTest {
    @Test
    void passwords_withOneMissing_areRefusedByItsName() {
        assertThatThrownBy(() -> new RolePasswords(Map.of(DatabaseRole.APP, "x")))
                .hasMessageContaining("the database role door has no password");
    }

    @Test
    void passwords_printed_areNotShown() {
        Map<DatabaseRole, String> all = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            all.put(role, "secret");
        }
        assertThat(new RolePasswords(all).toString()).doesNotContain("secret");
    }

    @Test
    void role_byItsName_isFound() {
        for (DatabaseRole role : DatabaseRole.values()) {
            assertThat(DatabaseRole.of(role.roleName())).isEqualTo(role);
        }
    }
}
