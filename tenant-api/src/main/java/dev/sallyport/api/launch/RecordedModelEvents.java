package dev.sallyport.api.launch;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.inference.Evidence;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.RecordWriter;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workers see of models, as observations in the owner's ledger. */
final class RecordedModelEvents implements Evidence {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedModelEvents.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordWriter writer;
    private final RecordMint mint;

    RecordedModelEvents(RecordWriter writer, RecordMint mint) {
        this.writer = writer;
        this.mint = mint;
    }

    @Override
    public void saw(Event event) {
        switch (event) {
            case Event.Loaded(ModelRef ref, String digest) -> record(ref, "model.load", Map.of("digest", digest));
            case Event.Refused(ModelRef ref, String sentence) ->
                record(ref, "model.refuse", Map.of("sentence", sentence));
            case Event.Unloaded(ModelRef ref) -> record(ref, "model.unload", Map.of());
        }
    }

    private void record(ModelRef ref, String action, Map<String, String> details) {
        Map<String, JString> members = new java.util.TreeMap<>();
        details.forEach((name, value) -> members.put(name, new JString(value)));
        String object = "tenants/" + ref.owner() + "/models/" + ref.model().value() + "/versions/"
                + ref.version().value();
        AuditRecord seen = mint.observation(
                        ref.owner(), "workers", action, new Act(object, null, null, JObject.of(members)))
                .build();
        writer.append(Append.of(seen, null, PATIENCE)).thenAccept(result -> {
            if (!(result instanceof AppendResult.Committed)) {
                LOG.warn("{} of {} was not recorded", action, ref);
            }
        });
    }
}
