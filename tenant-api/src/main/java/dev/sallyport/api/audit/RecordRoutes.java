package dev.sallyport.api.audit;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.ledger.Page;
import dev.sallyport.ledger.ReadScope;
import dev.sallyport.ledger.RecordReader;
import dev.sallyport.ledger.StoredRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** {@code /audit/v1/records}. */
public final class RecordRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    private final RecordReader reader;

    /**
     * Makes the handlers.
     *
     * @param reader reads records
     */
    public RecordRoutes(RecordReader reader) {
        this.reader = reader;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("getRecord", this::get);
        routes.handle("listRecords", this::list);
    }

    private OperationAnswer get(OperationCall call) {
        return reader.byId(own(call), call.path("record"))
                .map(RecordRoutes::exact)
                .orElseThrow(Problem::notFound);
    }

    private OperationAnswer list(OperationCall call) {
        Instant from =
                call.query("from").map(text -> OperationCall.time("from", text)).orElse(Instant.EPOCH);
        Instant to =
                call.query("to").map(text -> OperationCall.time("to", text)).orElse(FOREVER);
        ReadScope scope = call.query("tenant")
                .<ReadScope>map(tenant -> new ReadScope.OneTenant(call.visible(tenant)))
                .orElseGet(() -> own(call));
        Page page;
        try {
            int limit = call.query("limit").map(Integer::parseInt).orElse(USUAL_LIMIT);
            page = reader.list(scope, from, to, call.query("cursor").orElse(null), limit);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("cursor must be one that a listing gave, limit 1 to 1000");
        }
        JsonArray records = new JsonArray();
        page.records().forEach(found -> records.add(new JsonObject(Buffer.buffer(found.bytes()))));
        JsonObject body = new JsonObject().put("records", records);
        String next = page.cursor();
        return OperationAnswer.json(200, next == null ? body : body.put("cursor", next));
    }

    /** Everything that the caller may see. */
    private static ReadScope own(OperationCall call) {
        return call.ofPlatform()
                ? new ReadScope.Everyone()
                : new ReadScope.OneTenant(call.caller().tenant());
    }

    /** The canonical bytes, whose SHA-256 is the digest. */
    private static OperationAnswer exact(StoredRecord found) {
        return OperationAnswer.of("application/json", Buffer.buffer(found.bytes()))
                .with("Sallyport-Record-Digest", found.digest());
    }
}
