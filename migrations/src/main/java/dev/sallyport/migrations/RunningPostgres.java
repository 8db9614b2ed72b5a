package dev.sallyport.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the embedded PostgreSQL that another process runs is reached, as long as that process lives.
 *
 * @param jdbcUrl where it is
 * @param passwords the serving roles' passwords
 */
public record RunningPostgres(String jdbcUrl, RolePasswords passwords) {
    /**
     * Looks at what the process that runs it has written down. Changes nothing.
     *
     * @param dataDir the directory for programs, data and log
     * @param keysDir the directory for the passwords
     * @throws DatabaseException if it does not accept connections, because it is being started or stopped
     */
    public static RunningPostgres at(Path dataDir, Path keysDir) {
        try {
            if (PostmasterFile.read(dataDir.resolve("cluster"))
                    .filter(PostmasterFile::ready)
                    .isEmpty()) {
                throw between(dataDir);
            }
            int port =
                    Integer.parseInt(Files.readString(dataDir.resolve("port")).strip());
            SecretFiles secrets = new SecretFiles(keysDir.toAbsolutePath().resolve("database"));
            Map<DatabaseRole, String> all = new EnumMap<>(DatabaseRole.class);
            for (DatabaseRole role : DatabaseRole.values()) {
                if (!secrets.has(role.roleName())) {
                    throw between(dataDir);
                }
                all.put(role, secrets.password(role.roleName()));
            }
            return new RunningPostgres(
                    EmbeddedPostgres.jdbcUrl(port, EmbeddedPostgres.DATABASE), new RolePasswords(all));
        } catch (NoSuchFileException | NumberFormatException absent) {
            throw between(dataDir);
        } catch (IOException failed) {
            throw new DatabaseException("the PostgreSQL in " + dataDir + " cannot be reached: " + failed, failed);
        }
    }

    private static DatabaseException between(Path dataDir) {
        return new DatabaseException(
                "the Sallyport that uses the data directory " + dataDir
                        + " is starting or stopping: try again once it serves or has ended",
                null);
    }
}
