package dev.sallyport.migrations;

import java.util.List;

/**
 * What a migration did.
 *
 * @param version the schema's version afterwards
 * @param applied the scripts applied in this run, in order; empty when the schema was up to date
 */
public record MigrationResult(String version, List<String> applied) {
    /** Copies the list. */
    public MigrationResult {
        applied = List.copyOf(applied);
    }
}
