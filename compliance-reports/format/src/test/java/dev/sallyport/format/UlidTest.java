package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UlidTest {
    @Property
    void ulid_writtenAndRead_isTheSameAndSortsAsItsText(
            @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        var one = new Ulid(high, low);
        var other = new Ulid(otherHigh, otherLow);
        assertThat(Ulid.parse(one.toString())).isEqualTo(one);
        assertThat(Integer.signum(one.toString().compareTo(other.toString())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Test
    void text_ofTheSpecificationsExample_hasItsTime() {
        assertThat(Ulid.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").instant())
                .isEqualTo(Instant.ofEpochMilli(1_469_922_850_259L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01ARZ3NDEKTSV4RRFFQ69G5FA",
                "01ARZ3NDEKTSV4RRFFQ69G5FAVX",
                "81ARZ3NDEKTSV4RRFFQ69G5FAV",
                "01ARZ3NDEKTSV4RRFFQ69G5FAU",
                "01arz3ndektsv4rrffq69g5fav",
                "01ARZ3NDEKTSV4RRFFQ69G5FAÄ"
            })
    void parse_ofWhatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> Ulid.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void factory_withinAMillisecondAndWhenTheClockStepsBack_staysAscending() {
        long[] now = {1_000};
        var factory = new Ulid.Factory(() -> Instant.ofEpochMilli(now[0]), new Random(7));
        var minted = new ArrayList<Ulid>();
        for (int i = 0; i < 10_000; i++) {
            now[0] += i % 1_000 == 0 ? i % 2_000 - 500 : 0;
            minted.add(factory.next());
        }
        assertThat(minted).isSorted().doesNotHaveDuplicates();
    }
}
