/**
 * The Open Inference Protocol over REST as bytes: requests to tensors, tensors to answers, refusals to the protocol's
 * error form. Pure: it knows no server, no policy and no ledger. Used by the gateway and, for its parser, by the
 * benchmarks.
 */
@NullMarked
package dev.sallyport.api.oip;

import org.jspecify.annotations.NullMarked;
