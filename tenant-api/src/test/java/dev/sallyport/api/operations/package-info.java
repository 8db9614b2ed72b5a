/** Tests of health, metrics and the log's form. */
@NullMarked
package dev.sallyport.api.operations;

import org.jspecify.annotations.NullMarked;
