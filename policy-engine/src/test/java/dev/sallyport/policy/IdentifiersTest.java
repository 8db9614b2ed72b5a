package dev.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {
    @Test
    void versions_areOrderedByNumber() {
        List<String> sorted = Stream.of("10", "9.1", "1.0", "1", "1.0.1", "9")
                .map(ModelVersion::new)
                .sorted()
                .map(ModelVersion::value)
                .toList();

        assertThat(sorted).containsExactly("1", "1.0", "1.0.1", "9", "9.1", "10");
        assertThat(new ModelVersion("1").compareNumbers(new ModelVersion("1.0.0")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "1.2.3.4", "1.", "01", "-1", "1234567890"})
    void version_ofAnotherForm_isRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelVersion(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "ä"})
    void modelName_ofAnotherForm_isRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName(value));
    }

    @Test
    void range_holdsWhenAllItsBoundsDo() {
        VersionRange range = VersionRange.parse(">=2, <3.1").orElseThrow();

        assertThat(range.contains(new ModelVersion("2"))).isTrue();
        assertThat(range.contains(new ModelVersion("3.0.9"))).isTrue();
        assertThat(range.contains(new ModelVersion("3.1"))).isFalse();
        assertThat(VersionRange.parse("3").orElseThrow().contains(new ModelVersion("3.0")))
                .isTrue();
        assertThat(VersionRange.parse("~3")).isEmpty();
    }
}
