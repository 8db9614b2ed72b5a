package dev.sallyport.ledger.budget;

/**
 * Rows of one window of one budget that a flush charges.
 *
 * @param tenant whose budget it is
 * @param budget what it is counted under
 * @param window when the window began, in microseconds since the epoch
 * @param rows how many, at least 1
 */
public record Share(String tenant, String budget, long window, long rows) {}
