/**
 * The life of a node beside others on one database, and what it holds of budgets meanwhile: rows are granted by the
 * database under the node's generation, reserved here in memory, and charged by the flush of their record.
 */
@NullMarked
package dev.sallyport.ledger.budget;

import org.jspecify.annotations.NullMarked;
