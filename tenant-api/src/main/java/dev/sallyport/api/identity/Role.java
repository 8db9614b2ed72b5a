package dev.sallyport.api.identity;

import java.util.Locale;
import java.util.Optional;

/** What a credential may do. The names are part of the interface and final; some cannot be granted yet. */
public enum Role {
    /** Calls models. */
    CALLER(true),
    /** Administers one tenant: its keys and its own policy layers. */
    TENANT_ADMIN(true),
    /** Administers the platform: tenants, models, the platform's policy layer. Never calls models. */
    PLATFORM_ADMIN(true),
    /** Writes policies without administering keys. */
    POLICY_EDITOR(false),
    /** Releases or refuses held calls. */
    REVIEWER(false),
    /** Reads the ledger and makes reports; changes nothing else. */
    AUDITOR(true),
    /** Answers people's requests about their data. */
    PRIVACY_OFFICER(false);

    private final boolean grantable;

    Role(boolean grantable) {
        this.grantable = grantable;
    }

    /**
     * The role's name on the wire, in records and in policies' facts.
     *
     * @return lower case with dashes, for example {@code tenant-admin}
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether keys with this role can be issued in this version.
     *
     * @return false for a role that is named but answered with "not supported yet"
     */
    public boolean grantable() {
        return grantable;
    }

    /**
     * Finds a role by its name on the wire.
     *
     * @param wireName case-sensitive, for example {@code tenant-admin}
     * @return the role; empty for a name that is none
     */
    public static Optional<Role> ofWireName(String wireName) {
        for (Role role : values()) {
            if (role.wireName().equals(wireName)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
