package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.receipt.Receipt;
import dev.sallyport.format.receipt.ReceiptVerdict;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** kill -9 takes a node's receipt key along; what it has signed is good for ever. */
final class ReceiptsAfterCrashIT {
    private static final int ANSWERS = 50;

    @Test
    void receipts_fromBeforeAKill_verifyAfterIt() throws Exception {
        try (DemoProcess demo = DemoProcess.start()) {
            Map<String, String> before = receipts(demo);
            demo.server().destroyForcibly();
            demo.awaitEnd();
            demo.restart();
            Map<String, String> after = receipts(demo);

            PublishedKeys published = PublishedKeys.parse(
                    demo.get("/.well-known/sallyport/log-keys", "").body());
            check(demo, published, before);
            check(demo, published, after);
            assertThat(Receipt.parse(before.values().iterator().next()).keyId())
                    .as("the key was in memory alone")
                    .isNotEqualTo(
                            Receipt.parse(after.values().iterator().next()).keyId());
        }
    }

    /** The receipts of answers, by their records. */
    private static Map<String, String> receipts(DemoProcess demo) throws Exception {
        Map<String, String> receipts = new LinkedHashMap<>();
        for (int i = 0; i < ANSWERS; i++) {
            HttpResponse<String> answer = demo.post(
                    "/v2/models/simple/infer", demo.tenant("acme-clinic").key(), SimpleModel.REQUEST);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            receipts.put(
                    answer.headers().firstValue("Sallyport-Record").orElseThrow(),
                    answer.headers().firstValue("Sallyport-Receipt").orElseThrow());
        }
        return receipts;
    }

    private static void check(DemoProcess demo, PublishedKeys published, Map<String, String> receipts)
            throws Exception {
        for (Map.Entry<String, String> each : receipts.entrySet()) {
            String record = demo.get("/audit/v1/records/" + each.getKey(), demo.auditorKey())
                    .body();
            assertThat(published.verify(each.getValue(), record)).isInstanceOf(ReceiptVerdict.Valid.class);
        }
    }
}
