package dev.sallyport.api.oip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ErrorCodesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\d{3}) \\| [^|]+ \\| [^|]+ \\|$");

    @Test
    void documentation_listsExactlyTheCodesInOrder() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "errors.md"));
        String section = document.substring(
                document.indexOf("\n## Codes\n"), document.indexOf("\n## Codes of administration and audit\n"));
        List<String> documented = ROW.matcher(section)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> code.name() + " " + code.status())
                        .toList());
    }
}
