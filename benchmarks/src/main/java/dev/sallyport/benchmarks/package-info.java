/**
 * Measurements of whole processes against each other in one run: a plain model server, and Sallyport in front
 * of the same model. Nothing depends on this package; nothing here is asserted in a test.
 */
@NullMarked
package dev.sallyport.benchmarks;

import org.jspecify.annotations.NullMarked;
