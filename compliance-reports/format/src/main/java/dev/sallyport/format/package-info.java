/**
 * The forms that outlive the service: canonical JSON, record ids, the audit record of version 1, its envelope,
 * salted hashes and signatures; the trees, checkpoints and receipts made of them stand in the packages below. The JDK
 * alone is used here, so that an auditor can read and rebuild it; every module that writes or reads records may use it.
 * {@code docs/record-format.md} and {@code docs/log-format.md} are the specification.
 */
@NullMarked
package dev.sallyport.format;

import org.jspecify.annotations.NullMarked;
