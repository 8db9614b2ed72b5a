package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.header;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What does not work is answered 503 and told to the log, once. */
final class OutageTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private GatewayFixture fixture;

    @BeforeEach
    void open() {
        fixture = new GatewayFixture();
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        logger().setLevel(null);
        fixture.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Outage.class);
    }

    @Test
    void models_thatCannotBeLookedUp_are503AndOneLineWithTheCause() throws Exception {
        RuntimeException cause = new IllegalStateException("the store is away");
        fixture.models.broken = cause;
        for (String path : List.of("/v2/models/risk", "/v2/models/risk/config", "/v2/models/risk/ready")) {
            HttpResponse<String> response = fixture.get(path, KEY);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(error(response)).startsWith("MODEL_UNAVAILABLE: ").doesNotContain("the store is away");
            assertThat(header(response, "Retry-After")).isEqualTo("1");
        }
        assertThat(fixture.post("/v2/repository/index", KEY, "").statusCode()).isEqualTo(503);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("models cannot be looked up");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo(cause.getMessage());
            assertThat(line.getFormattedMessage()).doesNotContain(KEY, "risk");
        });

        fixture.models.broken = null;
        assertThat(fixture.get("/v2/models/risk", KEY).statusCode()).isEqualTo(200);
        assertThat(fixture.get("/v2/models/risk", KEY).statusCode()).isEqualTo(200);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .last()
                .isEqualTo("models can be looked up again");
        assertThat(log.list).hasSize(2);
    }
}
