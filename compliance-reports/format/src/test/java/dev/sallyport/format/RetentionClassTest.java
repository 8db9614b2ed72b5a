package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetentionClassTest {
    @ParameterizedTest
    @CsvSource({"0,STANDARD", "12,STANDARD", "36,STANDARD", "37,LONG", "72,LONG", "84,LONG"})
    void keeping_months_isTheShortestClassThatIsLongEnough(int months, RetentionClass expected) {
        assertThat(RetentionClass.keeping(months)).isEqualTo(expected);
        assertThat(expected.months()).isGreaterThanOrEqualTo(months);
    }

    @Test
    void keeping_longerThanAnyClass_isRefused() {
        assertThatThrownBy(() -> RetentionClass.keeping(85)).hasMessageContaining("85 months");
    }
}
