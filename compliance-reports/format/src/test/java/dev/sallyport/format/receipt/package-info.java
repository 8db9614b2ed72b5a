/** Tests of receipts. */
@NullMarked
package dev.sallyport.format.receipt;

import org.jspecify.annotations.NullMarked;
