/** Tests of the signed log. */
@NullMarked
package dev.sallyport.format.log;

import org.jspecify.annotations.NullMarked;
