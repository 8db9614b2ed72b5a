package dev.sallyport.api.audit;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationCall;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.api.web.Problem;
import dev.sallyport.api.web.ProblemCode;
import dev.sallyport.format.log.TenantCheckpoint;
import dev.sallyport.ledger.ReadScope;
import dev.sallyport.ledger.RecordReader;
import dev.sallyport.ledger.StoredRecord;
import dev.sallyport.ledger.tree.TransparencyLog;
import dev.sallyport.ledger.tree.TreeName;
import dev.sallyport.policy.TenantId;
import io.vertx.core.buffer.Buffer;
import java.util.function.Predicate;

/** {@code /audit/v1/checkpoints} and {@code /audit/v1/records/{record}/proof}: what the log has signed, and proofs of it. */
public final class LogRoutes {
    private static final String OF_THE_LOG = "log";

    private final TransparencyLog log;
    private final RecordReader reader;
    private final Predicate<TenantId> exists;

    /**
     * Makes the handlers.
     *
     * @param log the log
     * @param reader reads records
     * @param exists tells whether there is a tenant, the platform included
     */
    public LogRoutes(TransparencyLog log, RecordReader reader, Predicate<TenantId> exists) {
        this.log = log;
        this.reader = reader;
        this.exists = exists;
    }

    /**
     * Says what the operations do.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.handle("getRecordProof", this::proof);
        routes.handle("getLatestCheckpoint", this::latest);
        routes.handle("getConsistencyProof", this::consistency);
    }

    private OperationAnswer proof(OperationCall call) {
        ReadScope scope = call.ofPlatform()
                ? new ReadScope.Everyone()
                : new ReadScope.OneTenant(call.caller().tenant());
        StoredRecord record = reader.byId(scope, call.path("record")).orElseThrow(Problem::notFound);
        return log.proof(record.tenant(), record.id())
                .map(found -> json(LogDocuments.proof(record.tenant(), record.id(), found)))
                .orElseThrow(() -> notSequenced("the record is committed and has no place in the log yet"));
    }

    private OperationAnswer latest(OperationCall call) {
        TenantId tenant = tenant(call);
        return log.latest(tenant)
                .map(TenantCheckpoint::encode)
                .map(LogRoutes::json)
                .orElseThrow(() -> exists.test(tenant)
                        ? notSequenced("no record of the tenant has a place in the log yet")
                        : Problem.notFound());
    }

    private OperationAnswer consistency(OperationCall call) {
        boolean ofTheLog = call.query("tree").filter(OF_THE_LOG::equals).isPresent();
        if (ofTheLog && call.query("tenant").isPresent()) {
            throw Problem.malformed("the platform log is no tenant's: leave tenant or tree out");
        }
        long from = size(call, "from");
        long to = size(call, "to");
        TenantId tenant = tenant(call);
        TreeName tree = ofTheLog ? new TreeName.PlatformLog() : new TreeName.OfTenant(tenant);
        if (!ofTheLog && log.latest(tenant).isEmpty() && !exists.test(tenant)) {
            throw Problem.notFound();
        }
        try {
            return json(LogDocuments.consistency(ofTheLog ? null : tenant, from, to, log.consistency(tree, from, to)));
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable(
                    "from, to", "from is at most to, and to at most the size that was signed last: " + e.getMessage());
        }
    }

    private static long size(OperationCall call, String name) {
        try {
            return Long.parseLong(call.query(name).orElseThrow());
        } catch (NumberFormatException e) {
            throw Problem.malformed(name + " must be a size of the tree, in digits");
        }
    }

    /** The tenant that is named, or the caller's own. */
    private static TenantId tenant(OperationCall call) {
        return call.query("tenant")
                .map(call::visible)
                .orElseGet(() -> call.caller().tenant());
    }

    private static Problem notSequenced(String sentence) {
        return Problem.of(ProblemCode.NOT_SEQUENCED, sentence + ": ask again in a second");
    }

    private static OperationAnswer json(byte[] canonical) {
        return OperationAnswer.of("application/json", Buffer.buffer(canonical));
    }
}
