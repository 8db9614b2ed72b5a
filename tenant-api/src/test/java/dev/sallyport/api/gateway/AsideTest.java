package dev.sallyport.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a long body takes is done beside the event loops, and comes to the same. */
final class AsideTest {
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void body_longOrShort_isDecidedAlike() throws Exception {
        for (String filler : new String[] {"", "x ".repeat(10_000)}) {
            HttpResponse<String> denied = fixture.post(
                    "/v2/models/risk/infer", GatewayFixture.KEY, GatewayFixture.risk("", filler + "536-22-8145"));
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.body()).contains("SSN_IN_TEXT").doesNotContain("536-22");
            HttpResponse<String> permitted = fixture.post(
                    "/v2/models/risk/infer", GatewayFixture.KEY, GatewayFixture.risk("", filler + "nothing"));
            assertThat(permitted.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void body_longAndMalformed_isRefusedAlike() throws Exception {
        HttpResponse<String> answer =
                fixture.post("/v2/models/risk/infer", GatewayFixture.KEY, "[" + " ".repeat(20_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("REQUEST_INVALID: ");
    }
}
