package dev.sallyport.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.sallyport.api.config.LogFormat;
import dev.sallyport.api.config.LogLevel;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

final class LoggingTest {
    private static final int TIME_CHARS = 13;
    private static final String SECRET = "123-45-6789";

    private static LogLines json() {
        return new LogLines(EcsLines.of("node-7"), LogLevel.INFO);
    }

    private static LogLines text() {
        return new LogLines(new TextLines(), LogLevel.INFO);
    }

    @Test
    void line_json_isOneObjectOfTheElasticCommonSchema() {
        try (LogLines log = json()) {
            log.logger("dev.sallyport.ledger.Ledger").warn("two\nlines of \"{}\"", "text");

            List<String> lines = log.lines();
            assertThat(lines).hasSize(1);
            JsonObject line = new JsonObject(lines.getFirst());
            assertThat(line.getString("message")).isEqualTo("two\nlines of \"text\"");
            assertThat(line.getString("log.level")).isEqualTo("WARN");
            assertThat(line.getString("log.logger")).isEqualTo("dev.sallyport.ledger.Ledger");
            assertThat(line.getString("service.name")).isEqualTo("sallyport");
            assertThat(line.getString("service.node.name")).isEqualTo("node-7");
            assertThat(line.getString("ecs.version")).isNotEmpty();
            assertThat(line.getInstant("@timestamp")).isNotNull();
        }
    }

    @Test
    void line_text_isReadable() {
        try (LogLines log = text()) {
            log.logger("dev.sallyport.ledger.Ledger")
                    .atInfo()
                    .addKeyValue(LogFields.TENANT, "acme-clinic")
                    .log("records are written again");

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO Ledger: records are written again tenant=acme-clinic");
        }
    }

    @Test
    void fields_outsideTheAllowList_areDroppedFromBothSources() {
        for (LogLines log : List.of(json(), text())) {
            log.inContext("sallyport.subject", SECRET);
            log.inContext(LogFields.REQUEST, "req-1");
            log.logger("dev.sallyport.x")
                    .atInfo()
                    .addKeyValue("input", SECRET)
                    .addKeyValue("authorization", "Bearer sp_abc")
                    .addKeyValue(LogFields.RECORD, Ends.RECORD)
                    .log("done");

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(Ends.RECORD)
                    .contains("req-1")
                    .doesNotContain(SECRET)
                    .doesNotContain("sp_abc")
                    .doesNotContain("subject")
                    .doesNotContain("input")
                    .doesNotContain("authorization");
        }
    }

    @Test
    void exception_anyType_isToldWithoutWhatItQuotes() {
        for (LogLines log : List.of(json(), text())) {
            var cause = new NumberFormatException("For input string: \"" + SECRET + "\"");
            log.logger("dev.sallyport.x").error("a call failed", new IllegalStateException("row " + SECRET, cause));

            String all = String.join("\n", log.lines());
            assertThat(all)
                    .contains("java.lang.IllegalStateException")
                    .contains("caused by java.lang.NumberFormatException")
                    .contains("LoggingTest.exception_anyType")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void exception_ofTheDatabase_isToldByItsState() {
        for (LogLines log : List.of(json(), text())) {
            log.logger("dev.sallyport.x").warn("it failed", new SQLException("Key (id)=(" + SECRET + ")", "23505"));

            assertThat(String.join("\n", log.lines()))
                    .contains("SQLSTATE 23505")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void exception_whoseMessageHoldsNothing_isToldWithIt() {
        try (LogLines log = json()) {
            log.logger("dev.sallyport.x").warn("it failed", new ConnectException("Connection refused"));

            JsonObject line = new JsonObject(log.lines().getFirst());
            assertThat(line.getString("error.type")).isEqualTo("java.net.ConnectException");
            assertThat(line.getString("error.message")).isEqualTo("Connection refused");
            assertThat(line.getString("error.stack_trace")).contains("at ");
        }
    }

    @Test
    void message_withControlCharacters_forgesNoLineOfText() {
        try (LogLines log = text()) {
            log.logger("dev.sallyport.x").info("name {}", "x\r\n12:00:00.000 ERROR Forged: \u001b[31mred");

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("x  12:00:00.000 ERROR Forged:  [31mred")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void levels_ofLibraries_areRaised() {
        try (LogLines log = text()) {
            log.logger("dev.sallyport.x").debug("ours, too much");
            log.logger("dev.sallyport.x").info("ours");
            log.logger("org.tribuo.Trainer").info("theirs, too much");
            log.logger("org.tribuo.Trainer").warn("theirs");
            log.logger("com.zaxxer.hikari.pool.PoolBase").warn("pool, too much");
            log.logger("org.flywaydb.core").warn("migrations, too much");

            assertThat(log.lines()).hasSize(2).noneMatch(line -> line.contains("too much"));
        }
    }

    @Test
    void level_error_holdsForAll() {
        try (LogLines log = new LogLines(new TextLines(), LogLevel.ERROR)) {
            log.logger("org.tribuo.Trainer").warn("theirs");
            log.logger("dev.sallyport.x").warn("ours");

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void level_debug_isForOursOnly() {
        try (LogLines log = new LogLines(new TextLines(), LogLevel.DEBUG)) {
            log.logger("io.netty.x").debug("theirs");
            log.logger("dev.sallyport.x").debug("ours");

            assertThat(log.lines()).singleElement().asString().contains("ours");
        }
    }

    @Test
    void javaUtilLogging_started_isBridgedFromWarningsOn() throws Exception {
        try (Logging logging = Logging.start(LogFormat.TEXT, LogLevel.ERROR, "node-1", true, ConsoleTarget.SystemOut)) {
            assertThat(logging).isNotNull();
            assertThat(SLF4JBridgeHandler.isInstalled()).isTrue();
            var tribuo = java.util.logging.Logger.getLogger("org.tribuo.classification.sgd.linear.LinearSGDTrainer");
            assertThat(tribuo.isLoggable(Level.INFO)).isFalse();
            assertThat(tribuo.isLoggable(Level.WARNING)).isTrue();
            assertThat(LoggerFactory.getLogger("org.tribuo.x").isWarnEnabled()).isFalse();
        } finally {
            SLF4JBridgeHandler.uninstall();
            new ContextInitializer((LoggerContext) LoggerFactory.getILoggerFactory()).autoConfig();
        }
    }

    @Test
    void requestLine_json_holdsTheIdsAndNumbers() {
        try (LogLines log = json()) {
            new RequestLog(log.logger(Logging.REQUESTS)).ended(Ends.refused(403, "FIELD_FORBIDDEN"));

            JsonObject line = new JsonObject(log.lines().getFirst());
            assertThat(line.getString("event.action")).isEqualTo("infer");
            assertThat(line.getInteger("http.response.status_code")).isEqualTo(403);
            assertThat(line.getLong("event.duration")).isEqualTo(3_000_000L);
            assertThat(line.getInteger("sallyport.rows")).isEqualTo(4);
            assertThat(line.getString("sallyport.code")).isEqualTo("FIELD_FORBIDDEN");
            assertThat(line.getString("sallyport.tenant")).isEqualTo("acme-clinic");
            assertThat(line.getString("sallyport.key_id")).isEqualTo("key-7");
            assertThat(line.getString("sallyport.model")).isEqualTo("platform/digits/1");
            assertThat(line.getString("sallyport.record")).isEqualTo(Ends.RECORD);
            assertThat(line.getString("http.request.id")).isEqualTo("req-1");
            assertThat(line.getString("trace.id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        }
    }

    @Test
    void requestLine_text_isWhatTheDocumentShows() throws Exception {
        try (LogLines log = text()) {
            new RequestLog(log.logger(Logging.REQUESTS)).ended(Ends.refused(403, "FIELD_FORBIDDEN"));

            String line = log.lines().getFirst();
            assertThat(Files.readString(Path.of("..", "docs", "operations.md"))).contains(line.substring(TIME_CHARS));
        }
    }

    @Test
    void requestLine_withoutCaller_leavesOutWhatIsNotKnown() {
        try (LogLines log = text()) {
            new RequestLog(log.logger(Logging.REQUESTS))
                    .ended(new CallEnd(
                            "unknown", 404, "PATH_UNKNOWN", 5_000, null, null, null, 0, null, "req-2", null));

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .endsWith(
                            " INFO requests: request call=unknown status=404 code=PATH_UNKNOWN duration=5us request=req-2");
        }
    }

    @Test
    void requestLine_ofHealthChecks_isForDebugging() {
        try (LogLines log = text()) {
            new RequestLog(log.logger(Logging.REQUESTS)).ended(Ends.of("ready", 200, null, null, null));

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void burst_ofLines_isWrittenInOrderBeforeClosing() {
        try (LogLines log = text()) {
            for (int i = 0; i < 5_000; i++) {
                log.logger("dev.sallyport.x").info("line {}", i);
            }

            List<String> lines = log.lines();
            assertThat(lines).hasSize(5_000);
            assertThat(lines.getLast()).endsWith("line 4999");
        }
    }
}
