package dev.sallyport.format.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.format.FormatException;
import dev.sallyport.format.Hostile;
import dev.sallyport.format.merkle.ConsistencyProof;
import dev.sallyport.format.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExportFormsTest {
    private static final String ULID = "01K9ZA0000KEY0000000000001";
    private static final ExportedRange RANGE =
            new ExportedRange("acme", 1, 3, List.of(Hash.EMPTY_TREE), new ConsistencyProof(List.of(Hash.EMPTY_TREE)));
    private static final Continuation CONTINUATION =
            new Continuation(Continuation.Tree.LOG, 7, new ConsistencyProof(List.of(Hash.EMPTY_TREE)));
    private static final AbsentRecord PURGED = new AbsentRecord(5, Optional.of(ULID));

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void forms_written_areThoseOfTheSpecification() {
        String hash = Hash.EMPTY_TREE.toString();
        assertThat(text(RANGE.encode()))
                .isEqualTo("{\"from\":1,\"left\":[\"" + hash + "\"],\"right\":[\"" + hash
                        + "\"],\"tenant\":\"acme\",\"to\":3,\"v\":1}");
        assertThat(text(CONTINUATION.encode()))
                .isEqualTo("{\"path\":[\"" + hash + "\"],\"size\":7,\"tree\":\"log\",\"v\":1}");
        assertThat(text(PURGED.encode())).isEqualTo("{\"index\":5,\"purged\":\"" + ULID + "\",\"v\":1}");
        assertThat(text(new AbsentRecord(0, Optional.empty()).encode())).isEqualTo("{\"index\":0,\"v\":1}");
    }

    @Test
    void forms_read_areWhatWasWritten() {
        assertThat(ExportedRange.parse(RANGE.encode())).isEqualTo(RANGE);
        assertThat(Continuation.parse(CONTINUATION.encode())).isEqualTo(CONTINUATION);
        assertThat(AbsentRecord.parse(PURGED.encode())).isEqualTo(PURGED);
        assertThat(AbsentRecord.isOne(PURGED.encode())).isTrue();
        assertThat(AbsentRecord.isOne("{\"id\":\"\"}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void forms_ofOtherVersionsAndNumbers_areRefused() {
        for (String other : new String[] {
            "{\"from\":0,\"tenant\":\"acme\",\"to\":0,\"v\":2}",
            "{\"from\":0,\"left\":[],\"tenant\":\"acme\",\"to\":0,\"v\":1}",
            "{\"from\":2,\"tenant\":\"acme\",\"to\":1,\"v\":1}",
            "{\"from\":1,\"tenant\":\"acme\",\"to\":1,\"v\":1}",
            "{\"from\":-1,\"tenant\":\"acme\",\"to\":1,\"v\":1}",
            "{\"from\":0,\"tenant\":\"acme\",\"to\":9007199254740992,\"v\":1}",
            "{\"from\":0,\"tenant\":\"acme\",\"to\":0,\"v\":1}\n"
        }) {
            assertThatThrownBy(() -> ExportedRange.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(FormatException.class);
        }
        assertThat(ExportedRange.parse(
                                "{\"from\":0,\"tenant\":\"acme\",\"to\":0,\"v\":1}".getBytes(StandardCharsets.UTF_8))
                        .to())
                .isZero();
    }

    @Property(tries = 2_000)
    void parse_ofHostileBytes_readsThemOrRefuses(@ForAll("hostile") byte[] bytes) {
        this.<ExportedRange>survives(bytes, ExportedRange::parse, ExportedRange::encode);
        this.<Continuation>survives(bytes, Continuation::parse, Continuation::encode);
        this.<AbsentRecord>survives(bytes, AbsentRecord::parse, AbsentRecord::encode);
    }

    private <T> void survives(byte[] bytes, Function<byte[], T> parse, Function<T, byte[]> encode) {
        T read;
        try {
            read = parse.apply(bytes);
        } catch (FormatException e) {
            return;
        }
        assertThat(encode.apply(read)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<byte[]> hostile() {
        return Arbitraries.oneOf(
                Hostile.around(RANGE.encode()), Hostile.around(CONTINUATION.encode()), Hostile.around(PURGED.encode()));
    }
}
