package dev.sallyport.ledger;

import dev.sallyport.format.AuditRecord;
import java.util.concurrent.CompletionStage;

/** Makes records durable, many in one commit. Thread-safe; neither method blocks. */
public interface RecordWriter {

    /**
     * Appends a record. A record with epochs is written only while those are current.
     *
     * @return never fails. What depends on it runs on a thread of the ledger's or of the caller and must not block
     * @throws IllegalStateException if the reservation was released or appended before
     */
    CompletionStage<AppendResult> append(Append append);

    /**
     * Counts a refusal that is recorded once a second for each key. The record is written when its second is over, or
     * as soon as the ledger can; the first refusal of the second gives the draft.
     *
     * @param draft a record without charges and epochs, of the key's tenant; its count is replaced
     * @return the id of the record that will stand for it
     */
    String group(GroupKey key, AuditRecord draft);
}
