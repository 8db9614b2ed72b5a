/**
 * The database: its schema as Flyway SQL, its roles with row-level security, the migrator that brings both
 * up to date, the checks that a server makes of its database before it serves, and the embedded PostgreSQL
 * with its supervisor. Uses nothing else of this project; the launcher uses all of it, tests use
 * {@code TestDatabase} from the test jar.
 */
@NullMarked
package dev.sallyport.migrations;

import org.jspecify.annotations.NullMarked;
