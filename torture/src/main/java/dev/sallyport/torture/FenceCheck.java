package dev.sallyport.torture;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Epochs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No permit of an old state has a later transaction id than the act that ended it: within a tenant, epochs only rise
 * with the transactions; and no key is permitted anything after the transaction that revoked it.
 */
final class FenceCheck implements Books.Check {
    private final Violations violations;
    private final Map<String, Long> tenantEpochs = new HashMap<>();
    private final Map<String, Long> revokedBy = new HashMap<>();
    private final List<Answers.Revocation> acknowledged;
    private long platformEpoch;

    FenceCheck(List<Answers.Revocation> acknowledged, Violations violations) {
        this.acknowledged = acknowledged;
        this.violations = violations;
    }

    @Override
    public void see(Books.Entry entry) {
        AuditRecord record = entry.record();
        Act act = record.act();
        if (act != null && record.action().equals("key.revoke")) {
            revokedBy.put(act.object().substring(act.object().lastIndexOf('/') + 1), entry.xid());
        }
        Epochs epochs = record.epochs();
        if (record.effect() == Effect.PERMIT && epochs != null) {
            violations.looked("fence", 1);
            order(entry.xid(), record, epochs);
            if (revokedBy.containsKey(record.principal().id())) {
                violations.add(
                        "fence",
                        "the record " + record.id() + " of transaction " + entry.xid() + " permits "
                                + record.principal().id() + ", which transaction "
                                + revokedBy.get(record.principal().id()) + " revoked");
            }
        }
    }

    private void order(long xid, AuditRecord record, Epochs epochs) {
        long tenant = tenantEpochs.getOrDefault(record.tenant(), 0L);
        if (epochs.tenant() < tenant || epochs.platform() < platformEpoch) {
            violations.add(
                    "fence",
                    "the record " + record.id() + " of transaction " + xid + " was decided under epoch "
                            + epochs.tenant() + " (platform " + epochs.platform()
                            + "), after a transaction of epoch " + tenant + " (platform " + platformEpoch + ")");
        }
        tenantEpochs.put(record.tenant(), Math.max(tenant, epochs.tenant()));
        platformEpoch = Math.max(platformEpoch, epochs.platform());
    }

    @Override
    public void end() {
        for (Answers.Revocation revocation : acknowledged) {
            violations.looked("acts", 1);
            if (!revokedBy.containsKey(revocation.key())) {
                violations.add("acts", "the revocation of " + revocation.key() + " was acknowledged and has no record");
            }
        }
    }
}
