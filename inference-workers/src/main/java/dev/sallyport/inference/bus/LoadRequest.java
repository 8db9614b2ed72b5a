package dev.sallyport.inference.bus;

import dev.sallyport.inference.ModelRef;

/**
 * Asks that a model version be ready.
 *
 * @param ref which version
 */
public record LoadRequest(ModelRef ref) {}
