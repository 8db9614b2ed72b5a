package dev.sallyport.migrations;

import java.util.EnumSet;
import java.util.Map;

/**
 * The passwords of the serving roles, all of them.
 *
 * @param byRole a password for every {@link DatabaseRole}, none empty
 */
public record RolePasswords(Map<DatabaseRole, String> byRole) {
    /** @throws IllegalArgumentException naming the role whose password is missing or empty */
    public RolePasswords {
        byRole = Map.copyOf(byRole);
        for (DatabaseRole role : EnumSet.allOf(DatabaseRole.class)) {
            String password = byRole.get(role);
            if (password == null || password.isEmpty()) {
                throw new IllegalArgumentException("the database role " + role.roleName() + " has no password");
            }
        }
    }

    /** The password of one role. */
    public String of(DatabaseRole role) {
        String password = byRole.get(role);
        if (password == null) {
            throw new IllegalStateException("checked at construction");
        }
        return password;
    }

    /** Names no password. */
    @Override
    public String toString() {
        return "RolePasswords[" + byRole.size() + " roles]";
    }
}
