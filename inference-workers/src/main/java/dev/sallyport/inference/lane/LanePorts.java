package dev.sallyport.inference.lane;

import dev.sallyport.inference.Evidence;
import dev.sallyport.inference.ModelRuntime;
import dev.sallyport.inference.ModelStore;
import dev.sallyport.inference.ModelVerifier;
import java.util.List;

/**
 * What lanes need of the world outside.
 *
 * @param runtimes one for each kind of model, ids distinct
 * @param store where models are kept
 * @param verifier asked at each load
 * @param evidence told of loads, refusals and unloads
 * @param listener told of runs
 */
public record LanePorts(
        List<ModelRuntime> runtimes,
        ModelStore store,
        ModelVerifier verifier,
        Evidence evidence,
        LaneListener listener) {
    public LanePorts {
        runtimes = List.copyOf(runtimes);
    }
}
