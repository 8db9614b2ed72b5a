/**
 * What auditors read: records from the ledger, and reports made from it. The routes of {@code /audit/v1}; the launcher
 * mounts them.
 */
@NullMarked
package dev.sallyport.api.audit;

import org.jspecify.annotations.NullMarked;
