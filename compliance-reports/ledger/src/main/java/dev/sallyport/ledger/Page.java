package dev.sallyport.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param records in the order of their ids
 * @param cursor what to give for the next part; null when this was the last
 */
public record Page(List<StoredRecord> records, @Nullable String cursor) {
    /** Copies the list. */
    public Page {
        records = List.copyOf(records);
    }
}
