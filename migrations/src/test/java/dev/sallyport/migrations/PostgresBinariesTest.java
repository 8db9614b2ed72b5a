package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresBinariesTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-arm_64",
        "Mac OS X, x86_64, darwin-x86_64",
        "Mac OS X, aarch64, darwin-arm_64",
    })
    void archive_ofAPlatform_isBundled(String os, String arch, String platform) {
        assertThat(PostgresBinaries.platform(os, arch)).isEqualTo(platform);
        assertThat(getClass().getResource("/postgres-" + platform + ".txz")).isNotNull();
    }

    @Test
    void platform_withoutArchive_isRefusedWithWhatToDo() {
        assertThatThrownBy(() -> PostgresBinaries.platform("Windows 11", "amd64"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("database.url");
    }
}
