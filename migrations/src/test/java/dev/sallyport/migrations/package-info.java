/** Tests of the database, and {@code TestDatabase} for the tests of the modules above. */
@NullMarked
package dev.sallyport.migrations;

import org.jspecify.annotations.NullMarked;
