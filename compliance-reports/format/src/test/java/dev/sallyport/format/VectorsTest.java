package dev.sallyport.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors, read by a second, independent implementation that uses the JDK alone: any reader of
 * docs/record-format.md could write it.
 */
class VectorsTest {
    static List<Path> vectors() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(VectorsTest.class.getResource("/vectors"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Map<String, String> sections(Path vector) throws IOException {
        var sections = new TreeMap<String, String>();
        String[] parts = Files.readString(vector).split("(?m)^== ", -1);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            sections.put(parts[i].substring(0, end), parts[i].substring(end + 1).strip());
        }
        return sections;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void facts_writtenByAnotherImplementation_haveTheBytesAndTheDigest(Path vector)
            throws IOException, NoSuchAlgorithmException {
        Map<String, String> sections = sections(vector);

        byte[] bytes = new Another(Objects.requireNonNull(sections.get("facts"))).canonical();

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(sections.get("canonical"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(sections.get("sha256"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void canonicalBytes_readAndWritten_areTheSame(Path vector) throws IOException {
        Map<String, String> sections = sections(vector);
        byte[] bytes = HexFormat.of().parseHex(sections.get("canonical"));

        AuditRecord record = AuditRecord.parse(bytes);

        assertThat(record.encode()).isEqualTo(bytes);
        assertThat(record).isEqualTo(RecordSamples.all().get(name(vector)));
        assertThat(Sha256.hex(bytes)).isEqualTo(sections.get("sha256"));
    }

    private static String name(Path vector) {
        return Objects.requireNonNull(vector.getFileName()).toString().replace(".vector", "");
    }

    /** JSON in, canonical JSON out; sorts members as UTF-16 and knows nothing of records. */
    private static final class Another {
        private final String text;
        private int at;

        Another(String text) {
            this.text = text;
        }

        byte[] canonical() {
            return value().getBytes(StandardCharsets.UTF_8);
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private String value() {
            return switch (next()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> quote(string());
                default -> word();
            };
        }

        private String object() {
            var members = new TreeMap<String, String>();
            at++;
            while (next() != '}') {
                String name = string();
                next();
                at++;
                members.put(name, value());
                at += next() == ',' ? 1 : 0;
            }
            at++;
            return "{"
                    + String.join(
                            ",",
                            members.entrySet().stream()
                                    .map(e -> quote(e.getKey()) + ":" + e.getValue())
                                    .toList())
                    + "}";
        }

        private String array() {
            var elements = new ArrayList<String>();
            at++;
            while (next() != ']') {
                elements.add(value());
                at += next() == ',' ? 1 : 0;
            }
            at++;
            return "[" + String.join(",", elements) + "]";
        }

        private String word() {
            int from = at;
            while (at < text.length() && "0123456789-truefalse".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private String string() {
            next();
            var read = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) != '\\') {
                    read.append(text.charAt(at));
                    continue;
                }
                char escape = text.charAt(++at);
                if (escape == 'u') {
                    read.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
                    at += 4;
                } else {
                    int known = "btnfr".indexOf(escape);
                    read.append(known < 0 ? escape : "\b\t\n\f\r".charAt(known));
                }
            }
            at++;
            return read.toString();
        }

        private static String quote(String value) {
            var quoted = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                int known = "\b\t\n\f\r\"\\".indexOf(c);
                if (known >= 0) {
                    quoted.append('\\').append("btnfr\"\\".charAt(known));
                } else if (c < ' ') {
                    quoted.append(String.format("\\u%04x", (int) c));
                } else {
                    quoted.append(c);
                }
            }
            return quoted.append('"').toString();
        }
    }
}
