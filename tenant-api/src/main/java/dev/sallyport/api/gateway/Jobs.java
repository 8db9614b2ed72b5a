package dev.sallyport.api.gateway;

import dev.sallyport.api.gateway.Stages.Inspected;
import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.api.oip.OutputRequest;
import dev.sallyport.inference.Job;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.policy.Decision;
import dev.sallyport.policy.Obligations;

/** Makes the job of a call that may run. */
final class Jobs {
    private Jobs() {}

    static Job of(Inspected inspected) {
        var asked = inspected.admitted().asked();
        InferRequest request = asked.request();
        ModelManifest manifest = asked.addressed().model().manifest();
        return new Job(
                asked.record(),
                asked.addressed().caller().tenant(),
                manifest.owner(),
                manifest.name(),
                manifest.version(),
                manifest.digest(),
                inspected.tensors(),
                request.rows(),
                request.outputs().stream().map(OutputRequest::name).toList(),
                inspected.admitted().governed().policy().digest(),
                obligations(inspected),
                inspected.call().deadlineNanos());
    }

    private static Obligations obligations(Inspected inspected) {
        return switch (inspected.inspection().decision()) {
            case Decision.Permit permit -> permit.obligations();
            case Decision.Deny deny -> throw notPermitted();
            case Decision.Hold hold -> throw notPermitted();
            case Decision.Gap gap -> throw notPermitted();
        };
    }

    private static IllegalStateException notPermitted() {
        return new IllegalStateException("a job that was not permitted");
    }
}
