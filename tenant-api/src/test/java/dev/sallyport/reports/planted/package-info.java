/** A planted violation of the architecture, for the test that must catch it. */
@NullMarked
package dev.sallyport.reports.planted;

import org.jspecify.annotations.NullMarked;
