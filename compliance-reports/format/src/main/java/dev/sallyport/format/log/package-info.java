/**
 * The signed log: notes and checkpoints (C2SP signed-note and tlog-checkpoint), the rounds that bind every tenant's
 * tree to the platform log, and a tenant's checkpoint, which shows it. Sequencer, witness and verifier use it.
 * {@code docs/log-format.md} is the specification.
 */
@NullMarked
package dev.sallyport.format.log;

import org.jspecify.annotations.NullMarked;
