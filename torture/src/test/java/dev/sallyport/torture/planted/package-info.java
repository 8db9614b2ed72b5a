/** Wrong parts, put in the product's place to see that the torture catches them. */
@NullMarked
package dev.sallyport.torture.planted;

import org.jspecify.annotations.NullMarked;
