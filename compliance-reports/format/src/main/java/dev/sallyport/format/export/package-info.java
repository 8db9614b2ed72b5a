/**
 * The exported range of a tenant's log: its members, their forms and the writer of the archive. The server writes
 * packages with it, the verifier reads their parts. {@code docs/export-format.md} is the specification.
 */
@NullMarked
package dev.sallyport.format.export;

import org.jspecify.annotations.NullMarked;
