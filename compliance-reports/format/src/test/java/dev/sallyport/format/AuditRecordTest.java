package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRecordTest {
    static List<AuditRecord> samples() {
        return List.copyOf(RecordSamples.all().values());
    }

    private static String least() {
        return new String(
                Objects.requireNonNull(RecordSamples.all().get("01-permit-least"))
                        .encode(),
                StandardCharsets.UTF_8);
    }

    private static AuditRecord parse(String json) {
        return AuditRecord.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void record_encoded_isCanonicalAndReadBack(AuditRecord record) {
        assertThat(CanonicalJson.write(CanonicalJson.parseCanonical(record.encode())))
                .isEqualTo(record.encode());
        assertThat(AuditRecord.parse(record.encode())).isEqualTo(record);
    }

    @Test
    void absentFacts_areLeftOut() {
        assertThat(least())
                .isEqualTo("{\"action\":\"predict\",\"at\":1763890200123456,\"count\":1,\"effect\":\"permit\","
                                .replace(
                                        "1763890200123456",
                                        Long.toString(
                                                RecordBuilder.micros(Instant.parse("2026-11-23T09:30:00.123456Z"))))
                        + least().substring(least().indexOf("\"generation\"")));
        assertThat(least()).doesNotContain("null", "[]", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v\":2", "\"v\":1,\"w\":1", "\"v\":1,\"x\":null"})
    void parse_ofAnotherVersionOrAnUnknownName_isRefused(String v) {
        String changed = least().replace("\"v\":1", v);
        assertThatThrownBy(() -> parse(changed)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"charges\":[],", "\"facts\":{},", "\"facts\":{\"age\":42},", "\"facts\":[],"})
    void parse_withSomethingEmptyOrUnknownInside_isRefused(String member) {
        String before = member.startsWith("\"charges") ? "\"count\"" : "\"generation\"";
        assertThatThrownBy(() -> parse(least().replace(before, member + before)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void parse_withoutATenant_isRefused() {
        assertThatThrownBy(() -> parse(least().replace("\"tenant\":\"acme-clinic\",", "")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void decision_withoutAnEffect_isRefused() {
        var builder = new RecordBuilder(
                RecordKind.DECISION,
                "01KARBS9G018T5CY4TQKFF0001",
                "t",
                Instant.EPOCH,
                "n",
                1,
                Principal.system("test"),
                "predict");
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.effect(Effect.DENY).count(0).build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
