/** Tests of the verifier. */
@NullMarked
package dev.sallyport.verifier;

import org.jspecify.annotations.NullMarked;
