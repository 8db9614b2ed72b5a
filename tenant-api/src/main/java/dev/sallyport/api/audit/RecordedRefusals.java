package dev.sallyport.api.audit;

import dev.sallyport.api.identity.Caller;
import dev.sallyport.api.web.Refusals;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Principal;
import dev.sallyport.ledger.GroupKey;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.RecordWriter;
import dev.sallyport.policy.TenantId;
import org.jspecify.annotations.Nullable;

/** Refusals as records, one a second for each caller or address prefix, operation and code. */
public final class RecordedRefusals implements Refusals {
    private final RecordWriter writer;
    private final RecordMint mint;

    /**
     * Makes the one instance.
     *
     * @param writer takes the records
     * @param mint begins them
     */
    public RecordedRefusals(RecordWriter writer, RecordMint mint) {
        this.writer = writer;
        this.mint = mint;
    }

    @Override
    public void refused(@Nullable Caller caller, String network, String operation, String code) {
        TenantId tenant = caller == null ? TenantId.PLATFORM : caller.tenant();
        Principal principal = caller == null
                ? Principal.address(network)
                : Principal.key(caller.keyId(), caller.role().wireName());
        writer.group(
                new GroupKey(tenant, principal, operation + " " + code),
                mint.decision(mint.id(), tenant, principal, operation, Effect.DENY)
                        .code(code)
                        .build());
    }
}
