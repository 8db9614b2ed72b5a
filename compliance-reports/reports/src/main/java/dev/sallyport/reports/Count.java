package dev.sallyport.reports;

import org.jspecify.annotations.Nullable;

/**
 * A count of events in the ledger.
 *
 * @param name what is counted
 * @param where which records; each counts as the events it stands for
 * @param by the field whose values are counted apart, or null for one number
 */
public record Count(String name, Filter where, @Nullable RecordField by) {}
