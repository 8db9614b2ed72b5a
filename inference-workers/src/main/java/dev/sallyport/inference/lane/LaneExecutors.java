package dev.sallyport.inference.lane;

import java.util.concurrent.Executor;

/**
 * Where lanes do their work.
 *
 * @param running bounded; runs models, each lane using at most one of its threads
 * @param loading for loads, which block
 */
public record LaneExecutors(Executor running, Executor loading) {}
