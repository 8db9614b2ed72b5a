/**
 * The Merkle tree of RFC 9162 with SHA-256: hashing, an appender whose state is O(log n), proofs of inclusion and
 * consistency, and their computation from tiles (C2SP tlog-tiles). Knows nothing of what the leaves are; every module
 * that writes or checks a log may use it. {@code docs/log-format.md} is the specification.
 */
@NullMarked
package dev.sallyport.format.merkle;

import org.jspecify.annotations.NullMarked;
