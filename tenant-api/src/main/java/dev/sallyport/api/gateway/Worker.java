package dev.sallyport.api.gateway;

import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.Reply;
import dev.sallyport.inference.lane.LoadResult;
import io.vertx.core.Future;

/** The workers, as the gateway asks them; bound to the event bus. */
public interface Worker {
    /**
     * Has a job run.
     *
     * @return never fails
     */
    Future<Reply> infer(Job job);

    /**
     * Has a model version loaded.
     *
     * @return whether it is ready; never fails
     */
    Future<LoadResult> load(ModelRef model);
}
