package dev.sallyport.api.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: a flag wins over the environment, the environment over the file, the file over the default.
 * {@code ${VAR}} and {@code ${VAR:default}} in the file stand for the environment's values.
 */
public final class ConfigLoader {
    /** A value's text before its type is known, where it came from, and what it is called in an error. */
    private record Given(String text, String source) {}

    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<SettingKey<?>, Object> values = new HashMap<>();
    private final List<ResolvedSetting> resolved = new ArrayList<>();

    private ConfigLoader(Map<String, String> flags, Map<String, String> environment) {
        this.flags = flags;
        this.environment = environment;
    }

    /**
     * Reads the configuration.
     *
     * @param file the file; empty for none
     * @param flags values given on the command line by flag, for example {@code --port} → {@code 0}
     * @param environment the process's environment
     * @param processors cores that this process may use, positive
     * @return the settings, or all that is wrong
     */
    public static ConfigResult load(
            Optional<Path> file, Map<String, String> flags, Map<String, String> environment, int processors) {
        return new ConfigLoader(flags, environment).load(file, processors);
    }

    private ConfigResult load(Optional<Path> file, int processors) {
        Map<String, ConfigFile.Entry> entries = file.map(this::readFile).orElse(Map.of());
        for (SettingKey<?> key : SettingKeys.ALL) {
            resolve(key, entries);
        }
        if (problems.isEmpty()) {
            Settings settings = new SettingsReader(values, problems).read(processors);
            if (problems.isEmpty()) {
                return new ConfigResult.Loaded(settings, resolved);
            }
        }
        return new ConfigResult.Rejected(problems);
    }

    private Map<String, ConfigFile.Entry> readFile(Path file) {
        Optional<String> text = readText(file, file.toString(), "");
        if (text.isEmpty()) {
            return Map.of();
        }
        ConfigFile parsed = ConfigFile.parse(file.toString(), text.get(), knownPaths());
        problems.addAll(parsed.problems());
        return parsed.entries();
    }

    private static Set<String> knownPaths() {
        Set<String> known = new TreeSet<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            known.add(key.path());
            if (key.secret()) {
                known.add(key.filePath());
            }
        }
        return known;
    }

    private <T> void resolve(SettingKey<T> key, Map<String, ConfigFile.Entry> entries) {
        Given given = given(key, entries);
        if (given == null) {
            resolved.add(new ResolvedSetting(key.path(), "", "default"));
            return;
        }
        try {
            T value = key.type().read().apply(given.text());
            values.put(key, value);
            resolved.add(new ResolvedSetting(key.path(), key.secret() ? Secret.MASK : given.text(), given.source()));
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(given.source(), key.path(), String.valueOf(e.getMessage())));
        }
    }

    private @Nullable Given given(SettingKey<?> key, Map<String, ConfigFile.Entry> entries) {
        String flag = key.flag();
        String flagged = flag == null ? null : flags.get(flag);
        if (flag != null && flagged != null) {
            return new Given(flagged, flag);
        }
        Given fromEnvironment = fromEnvironment(key);
        if (fromEnvironment != null) {
            return fromEnvironment;
        }
        Given fromFile = fromFile(key, entries);
        if (fromFile != null) {
            return fromFile;
        }
        String fallback = key.fallback();
        return fallback == null ? null : new Given(fallback, "default");
    }

    private @Nullable Given fromEnvironment(SettingKey<?> key) {
        String direct = environment.get(key.variable());
        String named = key.secret() ? environment.get(key.fileVariable()) : null;
        if (direct != null && named != null) {
            problems.add(new ConfigProblem(
                    key.variable(), key.path(), "is given twice: " + key.variable() + " and " + key.fileVariable()));
        }
        if (named != null) {
            return secretFile(named, key.fileVariable(), key);
        }
        return direct == null ? null : new Given(direct, key.variable());
    }

    private @Nullable Given fromFile(SettingKey<?> key, Map<String, ConfigFile.Entry> entries) {
        ConfigFile.Entry direct = entries.get(key.path());
        ConfigFile.Entry named = key.secret() ? entries.get(key.filePath()) : null;
        if (direct != null && named != null) {
            problems.add(new ConfigProblem(
                    named.source(), key.path(), "is given twice: " + key.path() + " and " + key.filePath()));
        }
        if (named != null) {
            return secretFile(expand(named, key), named.source(), key);
        }
        return direct == null ? null : new Given(expand(direct, key), direct.source());
    }

    private @Nullable Given secretFile(String path, String source, SettingKey<?> key) {
        return readText(Path.of(path), source, key.path())
                .map(text -> new Given(text.strip(), source + " (" + path + ")"))
                .orElse(null);
    }

    private String expand(ConfigFile.Entry entry, SettingKey<?> key) {
        Expansion expansion = Expansion.of(entry.text(), environment);
        for (String missing : expansion.missing()) {
            problems.add(new ConfigProblem(
                    entry.source(), key.path(), "names ${" + missing + "}, which the environment does not set"));
        }
        return expansion.text();
    }

    private Optional<String> readText(Path file, String source, String key) {
        String fault;
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            fault = "there is no file " + file;
        } catch (MalformedInputException e) {
            fault = file + " is not UTF-8 text";
        } catch (IOException e) {
            fault = file + " cannot be read: " + e.getClass().getSimpleName();
        }
        problems.add(new ConfigProblem(source, key, fault));
        return Optional.empty();
    }
}
