/** A violation of the architecture that its test must catch. */
@NullMarked
package dev.sallyport.policy.planted;

import org.jspecify.annotations.NullMarked;
