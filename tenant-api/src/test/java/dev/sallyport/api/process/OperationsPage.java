package dev.sallyport.api.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of code of a section of docs/operations.md, so that tests do what an operator is told to do. */
final class OperationsPage {
    private OperationsPage() {}

    /**
     * The blocks of a section.
     *
     * @param heading the section's heading
     * @param language the blocks' language
     * @return in order
     */
    static List<String> blocks(String heading, String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        int start = page.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException("docs/operations.md has no section " + heading);
        }
        int next = page.indexOf("\n## ", start + 1);
        String section = page.substring(start, next < 0 ? page.length() : next);
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
