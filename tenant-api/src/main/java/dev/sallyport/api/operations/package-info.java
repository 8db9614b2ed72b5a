/**
 * What the operator sees: health, metrics and the log's form. The gateway reports to it; the launcher builds it; it asks
 * nothing of either.
 */
@NullMarked
package dev.sallyport.api.operations;

import org.jspecify.annotations.NullMarked;
