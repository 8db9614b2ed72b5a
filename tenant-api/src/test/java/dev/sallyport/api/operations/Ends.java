package dev.sallyport.api.operations;

import dev.sallyport.inference.ModelRef;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import org.jspecify.annotations.Nullable;

/** Requests that have ended, for tests. */
final class Ends {
    static final TenantId ACME = new TenantId("acme-clinic");
    static final ModelRef DIGITS = model("digits");
    static final String RECORD = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private Ends() {}

    static ModelRef model(String name) {
        return new ModelRef(TenantId.PLATFORM, new ModelName(name), new ModelVersion("1"));
    }

    static CallEnd answered() {
        return of("infer", 200, null, DIGITS);
    }

    static CallEnd refused(int status, String code) {
        return of("infer", status, code, DIGITS);
    }

    static CallEnd of(String call, int status, @Nullable String code, @Nullable ModelRef model) {
        return of(call, status, code, model, ACME);
    }

    static CallEnd of(
            String call, int status, @Nullable String code, @Nullable ModelRef model, @Nullable TenantId tenant) {
        return new CallEnd(
                call,
                status,
                code,
                3_000_000,
                tenant,
                "key-7",
                model,
                4,
                RECORD,
                "req-1",
                "0af7651916cd43dd8448eb211c80319c");
    }
}
