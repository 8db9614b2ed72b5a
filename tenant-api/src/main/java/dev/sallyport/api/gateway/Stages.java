package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.api.oip.InferRequest;
import dev.sallyport.inference.Tensor;
import dev.sallyport.ledger.budget.Reservation;
import dev.sallyport.policy.Admission;
import dev.sallyport.policy.AdmitFacts;
import dev.sallyport.policy.EffectivePolicy;
import dev.sallyport.policy.Inspection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an inference after each step of its way in; each holds the one before. */
final class Stages {
    private Stages() {}

    /** The caller is recognised and the model found. */
    record Addressed(Call call, Caller caller, GrantedModel model) {}

    /**
     * The body is read.
     *
     * @param bytes its length after decompression
     * @param record id of the record to come
     * @param pseudonyms of the subjects, one a row; empty where there are none
     */
    record Asked(
            Addressed addressed,
            InferRequest request,
            Declared declared,
            int bytes,
            String record,
            List<String> pseudonyms) {
        Call call() {
            return addressed.call();
        }
    }

    /**
     * The policy is found.
     *
     * @param epochs the oldest state that anything so far was read under
     */
    record Governed(Asked asked, EffectivePolicy policy, StateEpochs epochs) {}

    /** The policy permits the call as far as can be seen without its content. */
    record Admitted(Governed governed, AdmitFacts facts, Admission admission) {
        Asked asked() {
            return governed.asked();
        }

        Call call() {
            return asked().call();
        }
    }

    /**
     * Its rows are reserved.
     *
     * @param reservation null where no budget applies
     */
    record Reserved(Admitted admitted, @Nullable Reservation reservation) {
        Call call() {
            return admitted.call();
        }

        void release() {
            if (reservation != null) {
                reservation.release();
            }
        }
    }

    /**
     * The policy permits the content.
     *
     * @param tensors what goes to the model
     */
    record Inspected(Reserved reserved, Inspection inspection, SentFields fields, List<Tensor> tensors) {
        Admitted admitted() {
            return reserved.admitted();
        }

        Call call() {
            return reserved.call();
        }
    }
}
