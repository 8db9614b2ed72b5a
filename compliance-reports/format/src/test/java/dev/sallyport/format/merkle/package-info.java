/** Tests of the Merkle tree. */
@NullMarked
package dev.sallyport.format.merkle;

import org.jspecify.annotations.NullMarked;
