@NullMarked
package dev.sallyport.ledger.budget;

import org.jspecify.annotations.NullMarked;
