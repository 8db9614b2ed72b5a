package dev.sallyport.inference.lane;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.Reply;
import java.util.concurrent.CompletableFuture;

/**
 * A job with the promise of its reply.
 *
 * @param job what is asked
 * @param reply completed exactly once, whatever happens
 * @param arrivedNanos when the lane took it
 */
record Pending(Job job, CompletableFuture<Reply> reply, long arrivedNanos) {}
