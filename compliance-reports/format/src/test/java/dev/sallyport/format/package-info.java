/** Tests of the forms that outlive the service. */
@NullMarked
package dev.sallyport.format;

import org.jspecify.annotations.NullMarked;
