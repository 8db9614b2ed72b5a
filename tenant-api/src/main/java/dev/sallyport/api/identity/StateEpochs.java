package dev.sallyport.api.identity;

/**
 * The state of policies, keys, grants and suspensions under which something was read. A record decided under these
 * epochs is refused by the fence once either has moved.
 *
 * @param tenant the tenant's epoch
 * @param platform the platform's epoch
 */
public record StateEpochs(long tenant, long platform) {
    /**
     * What a decision made from both this and another reading must be fenced with.
     *
     * @return the lower of each epoch
     */
    public StateEpochs earliest(StateEpochs other) {
        return new StateEpochs(Math.min(tenant, other.tenant), Math.min(platform, other.platform));
    }
}
