package dev.sallyport.inference;

import dev.sallyport.policy.Decision;
import java.util.List;

/** A worker's answer to a {@link Job}. Outputs in it are shaped; raw ones never leave the worker. */
public sealed interface Reply {

    /**
     * The answer may go out once it is recorded.
     *
     * @param outputs those asked for, in the signature's order, with their declared names and datatypes
     * @param tier disclosure tier, for example {@code topk:3}
     * @param decision of the release question
     * @param facts what the record may say of the outputs
     */
    record Released(List<Tensor> outputs, String tier, Decision decision, OutputFacts facts) implements Reply {
        public Released {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A person must look first.
     *
     * @param outputs shaped, to be kept sealed until the decision or its deadline
     * @param tier disclosure tier
     * @param decision of the release question
     * @param facts what the record may say of the outputs
     */
    record Held(List<Tensor> outputs, String tier, Decision decision, OutputFacts facts) implements Reply {
        public Held {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * The outputs may not leave.
     *
     * @param decision of the release question, a denial or a gap
     * @param facts what the record may say of the outputs
     */
    record Refused(Decision decision, OutputFacts facts) implements Reply {}

    /**
     * There is no answer.
     *
     * @param kind what kind of failure
     * @param sentence for the caller, without contents
     */
    record Failed(FailureKind kind, String sentence) implements Reply {}
}
