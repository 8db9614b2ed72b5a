/** Tests of reports. */
@NullMarked
package dev.sallyport.reports;

import org.jspecify.annotations.NullMarked;
