package dev.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.Act;
import dev.sallyport.format.AuditRecord;
import dev.sallyport.format.FormatException;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.JsonValue.JString;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.format.RecordKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordHeadTest {
    private static final String ID = "01K9ZA0000KEY0000000000001";

    @Test
    void head_ofARecordFullOfTraps_isItsOwn() {
        AuditRecord record = new RecordBuilder(
                        RecordKind.ACT,
                        ID,
                        "acme",
                        Instant.EPOCH.plusSeconds(7),
                        "no\"de\\",
                        1,
                        Principal.system("x"),
                        "y")
                .act(new Act(
                        "\\\",\"tenant\":\"beta\",\"v\":2}",
                        null,
                        null,
                        JObject.of(Map.of("tenant", JObject.of(Map.of("id", new JString("}]\",\"")))))))
                .build();
        assertThat(RecordHead.read(record.encode())).isEqualTo(new RecordHead("acme", ID, 7_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"at\":1,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":2}",
                "{\"at\":1,\"id\":\"ID\",\"v\":1}",
                "{\"at\":1,\"id\":\"x\",\"tenant\":\"acme\",\"v\":1}",
                "{\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":1.5,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":9007199254740992,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":99999999999999999999999,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":-1,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":1,\"id\":\"ID\",\"tenant\":\"acme\",\"tenant\":\"beta\",\"v\":1}",
                "{\"at\":1,\"id\":\"ID\",\"tenant\":\"ac\\u006de\",\"v\":1}",
                "{\"id\":\"ID\",\"at\":1,\"tenant\":\"acme\",\"v\":1}",
                "{\"at\":1,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}x",
                "{\"at\":1,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1",
                "{\"a\":],\"at\":1,\"id\":\"ID\",\"tenant\":\"acme\",\"v\":1}",
                "{\"a\":\"\\",
                "{\"a\":[[["
            })
    void head_ofSomethingElse_isRefused(String text) {
        assertThatThrownBy(() -> RecordHead.read(text.replace("ID", ID).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void head_ofTheLeast_isRead() {
        String least = "{\"at\":1,\"id\":\"" + ID + "\",\"tenant\":\"acme\",\"v\":1}";
        assertThat(RecordHead.read(least.getBytes(StandardCharsets.UTF_8))).isEqualTo(new RecordHead("acme", ID, 1));
    }
}
