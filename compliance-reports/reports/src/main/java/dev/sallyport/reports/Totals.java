package dev.sallyport.reports;

/**
 * What the ledger holds for the period. A record may stand for several equal events of one second.
 *
 * @param records records that are as they were written
 * @param decisions decided calls, over the records' counts
 * @param acts administrative acts
 * @param observations observations of the service
 * @param rowsAnswered rows of the calls that were answered
 * @param unreadable records that are not as they were written, and count nowhere else
 */
public record Totals(long records, long decisions, long acts, long observations, long rowsAnswered, long unreadable) {}
