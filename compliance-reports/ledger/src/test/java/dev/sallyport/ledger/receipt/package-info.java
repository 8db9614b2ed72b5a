/** Tests of receipts' keys. */
@NullMarked
package dev.sallyport.ledger.receipt;

import org.jspecify.annotations.NullMarked;
