package dev.sallyport.api.gateway;

import dev.sallyport.api.oip.Answer;
import dev.sallyport.api.oip.AnswerWriter;

/**
 * An answer whose record is durable.
 *
 * @param answer what it says
 * @param encoded its bytes
 * @param receipt the node's word that the record will be in the log
 */
record Answered(Answer answer, AnswerWriter.Encoded encoded, String receipt) {
    /**
     * An answer that waits for its record.
     *
     * @param answer what it says
     * @param draft its bytes but for the receipt
     */
    record Waiting(Answer answer, AnswerWriter.Draft draft) {
        Answered committed(String receipt) {
            return new Answered(answer, draft.with(receipt), receipt);
        }
    }
}
