/**
 * The offline verifier of an exported range of a log: trusts the log key, checkpoints, receipts and witness's notes that
 * the checker brings, and nothing of the package. Uses the JDK and the format module alone. The command line is its one
 * public way in. {@code docs/export-format.md} is the specification.
 */
@NullMarked
package dev.sallyport.verifier;

import org.jspecify.annotations.NullMarked;
