/** Tests of the exported range's forms. */
@NullMarked
package dev.sallyport.format.export;

import org.jspecify.annotations.NullMarked;
