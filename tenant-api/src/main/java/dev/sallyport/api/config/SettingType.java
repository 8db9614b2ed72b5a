package dev.sallyport.api.config;

import dev.sallyport.ledger.tree.CosignatureKey;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a setting's text becomes a value.
 *
 * @param words the type in words, for documentation and errors
 * @param schema the type as a fragment of JSON schema, without braces
 * @param read turns text into a value; throws {@link IllegalArgumentException} with a sentence for what it refuses
 * @param <T> the value's type
 */
record SettingType<T>(String words, String schema, Function<String, T> read) {

    static final SettingType<String> TEXT = new SettingType<>("text", "\"type\": \"string\"", SettingType::nonEmpty);

    /** The name of a thing, which stands in records, file names and labels. */
    static final SettingType<String> NAME = new SettingType<>(
            "name: 1 to 63 of A-Z, a-z, 0-9, '.', '_', '-', the first a letter or digit",
            "\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$\"",
            SettingType::name);

    static final SettingType<Secret> SECRET =
            new SettingType<>("secret", "\"type\": \"string\"", text -> new Secret(nonEmpty(text)));

    static final SettingType<Path> PATH = new SettingType<>("path", "\"type\": \"string\"", SettingType::path);

    static final SettingType<Boolean> FLAG =
            new SettingType<>("true or false", "\"type\": \"boolean\"", SettingType::flag);

    static final SettingType<Duration> DURATION = new SettingType<>(
            "duration, ISO 8601 or such as 30s, 500ms, 5m", "\"type\": \"string\"", SettingType::duration);

    /** The name of a signed note's key. */
    static final SettingType<String> NOTE_NAME = new SettingType<>(
            "name of 1 to 200 visible characters of ASCII, without '+'",
            "\"type\": \"string\", \"pattern\": \"^[!-*,-~]{1,200}$\"",
            SettingType::noteName);

    static final SettingType<URI> HTTP_URL =
            new SettingType<>("URL, http or https", "\"type\": \"string\"", SettingType::httpUrl);

    static final SettingType<String> COSIGNATURE_KEY =
            new SettingType<>("verifier key of the type 0x04", "\"type\": \"string\"", SettingType::cosignatureKey);

    /** A number of bytes, with a decimal unit or none. */
    static final SettingType<Long> BYTES =
            new SettingType<>("bytes, such as 500GB or 2TB", "\"type\": [\"string\", \"integer\"]", SettingType::bytes);

    private static final Pattern AMOUNT = Pattern.compile("([1-9][0-9]{0,14})(kB|MB|GB|TB)?");
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** Whole numbers from {@code min} to {@code max}, both inclusive. */
    static SettingType<Integer> integer(int min, int max) {
        return new SettingType<>(
                "integer, %d to %d".formatted(min, max),
                "\"type\": \"integer\", \"minimum\": %d, \"maximum\": %d".formatted(min, max),
                text -> integer(text, min, max));
    }

    /** One of an enumeration's constants, in lower case. */
    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        List<String> names = List.of(type.getEnumConstants()).stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        String quoted = String.join(", ", names.stream().map(n -> '"' + n + '"').toList());
        return new SettingType<>("one of " + String.join(", ", names), "\"enum\": [" + quoted + "]", text -> {
            if (!names.contains(text)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", names));
            }
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
    }

    private static String nonEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    private static String noteName(String text) {
        if (!text.matches("[!-*,-~]{1,200}")) {
            throw new IllegalArgumentException("must be 1 to 200 visible characters of ASCII, without '+'");
        }
        return text;
    }

    private static URI httpUrl(String text) {
        URI url = URI.create(text);
        if (!List.of("http", "https").contains(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("must be a URL that begins with http:// or https://");
        }
        return url;
    }

    private static String cosignatureKey(String text) {
        CosignatureKey.parse(text);
        return text;
    }

    private static String name(String text) {
        if (!NAMES.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
        return text;
    }

    private static long bytes(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a number of bytes such as 500GB: kB, MB, GB or TB, or no unit");
        }
        long unit = switch (matcher.group(2)) {
            case "kB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            case "TB" -> 1_000_000_000_000L;
            case null, default -> 1L;
        };
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("must be at most 9 million TB", e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(nonEmpty(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path", e);
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static int integer(String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the bounds
        }
        throw new IllegalArgumentException("must be an integer from %d to %d".formatted(min, max));
    }

    private static Duration duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            Duration value = Duration.parse(text);
            if (!value.isNegative()) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // told below, with what is allowed
        }
        throw new IllegalArgumentException("must be a duration such as PT30S, 30s or 500ms");
    }
}
