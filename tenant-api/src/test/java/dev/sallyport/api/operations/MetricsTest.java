package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.inference.lane.LaneListener.RunFigures;
import dev.sallyport.policy.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics(false);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void request_answered_isCountedOnceEverywhere() {
        metrics.ended(Ends.answered());

        assertThat(metrics.scrape())
                .contains("sallyport_requests_total{call=\"infer\",status=\"200\"} 1.0\n")
                .contains("sallyport_request_duration_seconds_count{call=\"infer\",outcome=\"answered\"} 1\n")
                .contains(
                        "sallyport_request_duration_seconds_bucket{call=\"infer\",outcome=\"answered\",le=\"0.002\"} 0\n")
                .contains(
                        "sallyport_request_duration_seconds_bucket{call=\"infer\",outcome=\"answered\",le=\"0.005\"} 1\n")
                .contains("sallyport_inference_request_success{model=\"digits\",version=\"1\"} 1.0\n")
                .contains("sallyport_inference_request_failure{model=\"digits\",version=\"1\"} 0.0\n")
                .contains("sallyport_inference_request_duration_us{model=\"digits\",version=\"1\"} 3000.0\n")
                .doesNotContain("sallyport_errors");
    }

    @Test
    void request_refused_isCountedByCode() {
        metrics.ended(Ends.refused(429, "BUDGET_EXHAUSTED"));
        metrics.ended(Ends.refused(503, "LEDGER_UNAVAILABLE"));

        assertThat(metrics.scrape())
                .contains("sallyport_errors_total{code=\"BUDGET_EXHAUSTED\"} 1.0\n")
                .contains("sallyport_errors_total{code=\"LEDGER_UNAVAILABLE\"} 1.0\n")
                .contains("outcome=\"refused\"")
                .contains("outcome=\"failed\"")
                .contains("sallyport_inference_request_failure{model=\"digits\",version=\"1\"} 2.0\n");
    }

    @Test
    void code_ofAPolicysAuthor_isNoLabel() {
        for (int i = 0; i < 50; i++) {
            metrics.ended(Ends.refused(403, "AUTHORS_OWN_" + i));
        }

        assertThat(metrics.scrape())
                .contains("sallyport_errors_total{code=\"POLICY\"} 50.0\n")
                .doesNotContain("AUTHORS_OWN");
    }

    @Test
    void code_ofAnAdministrativeCall_isALabelUpToABound() {
        metrics.ended(Ends.of("publishTenantPolicy", 422, "UNPROCESSABLE", null));
        for (int i = 0; i < 100; i++) {
            metrics.ended(Ends.of("getReport", 404, "NOT_FOUND_" + i, null));
        }

        String text = metrics.scrape();
        assertThat(text)
                .contains("sallyport_errors_total{code=\"UNPROCESSABLE\"} 1.0\n")
                .contains("sallyport_errors_total{code=\"other\"} 37.0\n");
        assertThat(text.lines().filter(line -> line.startsWith("sallyport_errors_total{")))
                .hasSize(65);
    }

    @Test
    void request_forAnUnknownModel_makesNoSeriesOfModels() {
        metrics.ended(Ends.of("infer", 404, "MODEL_UNKNOWN", null));

        assertThat(metrics.scrape()).doesNotContain("sallyport_inference_").doesNotContain("model=");
    }

    @Test
    void models_moreThanTheBound_areToldAsOne() {
        for (int i = 0; i < 700; i++) {
            metrics.ended(Ends.of("infer", 200, null, Ends.model("model-" + i)));
            metrics.lanes().failed(Ends.model("model-" + i), FailureKind.OVERLOADED);
        }

        String text = metrics.scrape();
        assertThat(text.lines().filter(line -> line.startsWith("sallyport_inference_request_success{")))
                .hasSize(501)
                .anyMatch(line -> line.contains("model=\"other\",version=\"other\"") && line.endsWith(" 200.0"));
        assertThat(text.lines().filter(line -> line.startsWith("sallyport_lane_failures_total{")))
                .hasSize(501);
    }

    @Test
    void labels_unlessAskedFor_tellNoTenantAndNeverAKeyOrId() {
        metrics.ended(Ends.answered());
        metrics.ended(Ends.refused(403, "DETECTED"));

        assertThat(metrics.scrape())
                .doesNotContain("acme")
                .doesNotContain("tenant")
                .doesNotContain("key-7")
                .doesNotContain("req-1")
                .doesNotContain(Ends.RECORD)
                .doesNotContain("0af7651916cd43dd");
    }

    @Test
    void labels_askedFor_tellTenantsApartUpToABound() {
        try (var apart = new Metrics(true)) {
            apart.ended(Ends.of("infer", 401, "CREDENTIAL_MISSING", null, null));
            for (int i = 0; i < 300; i++) {
                apart.ended(Ends.of("infer", 200, null, Ends.DIGITS, new TenantId("t" + i)));
            }

            String text = apart.scrape();
            assertThat(text)
                    .contains("sallyport_requests_total{call=\"infer\",status=\"200\",tenant=\"t0\"} 1.0\n")
                    .contains("sallyport_requests_total{call=\"infer\",status=\"200\",tenant=\"other\"} 100.0\n")
                    .contains("sallyport_requests_total{call=\"infer\",status=\"401\",tenant=\"\"} 1.0\n");
            assertThat(text.lines().filter(line -> line.startsWith("sallyport_inference_request_success{")))
                    .hasSize(201);
        }
    }

    @Test
    void run_ended_isCountedInTritonsTerms() {
        metrics.lanes().queued(Ends.DIGITS, 5);
        metrics.lanes().ran(Ends.DIGITS, new RunFigures(3, 12, 9_000, 1_000, 50_000, 2_000));

        assertThat(metrics.scrape())
                .contains("# TYPE sallyport_inference_count counter\n")
                .contains("sallyport_inference_count{model=\"digits\",version=\"1\"} 12.0\n")
                .contains("sallyport_inference_exec_count{model=\"digits\",version=\"1\"} 1.0\n")
                .contains("sallyport_inference_queue_duration_us{model=\"digits\",version=\"1\"} 9.0\n")
                .contains("sallyport_inference_compute_input_duration_us{model=\"digits\",version=\"1\"} 1.0\n")
                .contains("sallyport_inference_compute_infer_duration_us{model=\"digits\",version=\"1\"} 50.0\n")
                .contains("sallyport_inference_compute_output_duration_us{model=\"digits\",version=\"1\"} 2.0\n")
                .contains("sallyport_inference_pending_request_count{model=\"digits\",version=\"1\"} 5.0\n")
                .contains("sallyport_lane_batch_rows_bucket{le=\"8.0\"} 0\n")
                .contains("sallyport_lane_batch_rows_bucket{le=\"16.0\"} 1\n")
                .contains("sallyport_lane_batch_jobs_bucket{le=\"4.0\"} 1\n");
    }

    @Test
    void lane_putAway_waitsForNothing() {
        metrics.lanes().loaded(Ends.DIGITS, 1_000_000);
        metrics.lanes().queued(Ends.DIGITS, 5);
        assertThat(metrics.scrape()).contains("sallyport_lanes 1.0\n");

        metrics.lanes().unloaded(Ends.DIGITS);

        assertThat(metrics.scrape())
                .contains("sallyport_lanes 0.0\n")
                .contains("sallyport_inference_pending_request_count{model=\"digits\",version=\"1\"} 0.0\n");
    }

    @Test
    void flush_ended_isMeasured() {
        metrics.flushes().flushed(40, Duration.ofMillis(3), Duration.ofMillis(7));
        metrics.flushes().failed("the database is unavailable");
        metrics.flushes().stale(2);
        metrics.flushes().refused();
        metrics.flushes().clock(Duration.ofMillis(-250));

        assertThat(metrics.scrape())
                .contains("sallyport_flush_records_bucket{le=\"64.0\"} 1\n")
                .contains("sallyport_flush_records_sum 40.0\n")
                .contains("sallyport_flush_wait_seconds_sum 0.003\n")
                .contains("sallyport_flush_duration_seconds_bucket{le=\"0.01\"} 1\n")
                .contains("sallyport_flush_failures_total 1.0\n")
                .contains("sallyport_stale_calls_total 2.0\n")
                .contains("sallyport_records_refused_total 1.0\n")
                .contains("sallyport_clock_ahead_seconds -0.25\n");
    }

    @Test
    void sources_afterACollection_areStillAsked() throws Exception {
        LedgerFigures.show(metrics);
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(metrics.scrape())
                .contains("sallyport_pool_connections{pool=\"app\",use=\"active\"} 3.0\n")
                .contains("sallyport_pool_timeouts_total{pool=\"door\"} 9.0\n")
                .contains("sallyport_pool_wait_seconds_count{pool=\"auditor\"} 50\n")
                .contains("sallyport_pool_wait_seconds_sum{pool=\"auditor\"} 2.0\n")
                .contains("sallyport_ledger_queue 11.0\n")
                .contains("sallyport_ledger_recording 1.0\n")
                .contains("sallyport_ledger_since_flush_seconds 0.5\n")
                .contains("sallyport_uptime_seconds ")
                .doesNotContain("NaN");
    }
}
