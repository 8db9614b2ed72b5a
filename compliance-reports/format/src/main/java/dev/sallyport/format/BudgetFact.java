package dev.sallyport.format;

/**
 * What a budget answered when it was asked.
 *
 * @param id the budget's id in its document
 * @param remaining the rows that remained after this call's reservation, or at its refusal; at least 0
 */
public record BudgetFact(String id, long remaining) {}
