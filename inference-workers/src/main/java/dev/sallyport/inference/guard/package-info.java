/**
 * The check of inputs against a signature, which stands before every run. Lanes use it always; the gateway may ask it
 * earlier, to refuse bad input before anything is reserved.
 */
@NullMarked
package dev.sallyport.inference.guard;

import org.jspecify.annotations.NullMarked;
