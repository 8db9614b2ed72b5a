/**
 * Lanes: one for each model version in use, each gathering jobs into batches, and the registry that loads and unloads
 * them. Everything that reads a model's raw outputs lies here; what leaves is a {@link dev.sallyport.inference.Reply}.
 * Used by the bus and by the launcher, which wires it.
 */
@NullMarked
package dev.sallyport.inference.lane;

import org.jspecify.annotations.NullMarked;
