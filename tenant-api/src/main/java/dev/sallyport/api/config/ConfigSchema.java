package dev.sallyport.api.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration's published forms: a JSON schema for editors and the table in the documentation. */
public final class ConfigSchema {
    private ConfigSchema() {}

    /**
     * The JSON schema of the configuration file.
     *
     * @return JSON, draft 2020-12, ending in a line break
     */
    public static String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            put(tree, key.path(), leaf(key, key.words()));
            if (key.secret()) {
                put(tree, key.filePath(), leaf(key, "A file that holds " + key.path() + "."));
            }
        }
        StringBuilder json = new StringBuilder("{\n");
        json.append("  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
        json.append("  \"title\": \"Sallyport configuration\",\n");
        writeObject(json, tree, "  ");
        return json.append("}\n").toString();
    }

    /**
     * The table of all keys.
     *
     * @return Markdown, one row a key
     */
    public static String table() {
        StringBuilder table = new StringBuilder("| key | flag | environment | type | default | what it is |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (SettingKey<?> key : SettingKeys.ALL) {
            table.append("| `%s` | %s | `%s` | %s | %s | %s |\n"
                    .formatted(
                            key.path(),
                            quoted(key.flag()),
                            key.variable(),
                            key.type().words(),
                            quoted(key.fallback()),
                            key.words()));
        }
        return table.toString();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "–" : "`" + text + "`";
    }

    private static String leaf(SettingKey<?> key, String words) {
        // An integer or a boolean may also be written as ${VAR}, which a file's reader sees as text.
        String type = key.type().schema().contains("enum")
                ? "\"anyOf\": [{" + key.type().schema() + "}, {\"type\": \"string\", \"pattern\": \"^\\\\$\\\\{.*}$\"}]"
                : key.type().schema().replaceAll("\"type\": \"(integer|boolean)\"", "\"type\": [\"$1\", \"string\"]");
        return "{" + type + ", \"description\": \"" + words + "\"}";
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String path, String leaf) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, leaf);
        } else {
            Map<String, Object> section =
                    (Map<String, Object>) tree.computeIfAbsent(path.substring(0, dot), k -> new LinkedHashMap<>());
            put(section, path.substring(dot + 1), leaf);
        }
    }

    @SuppressWarnings("unchecked")
    private static void writeObject(StringBuilder json, Map<String, Object> tree, String indent) {
        json.append(indent).append("\"type\": \"object\",\n");
        json.append(indent).append("\"additionalProperties\": false,\n");
        json.append(indent).append("\"properties\": {");
        String separator = "\n";
        for (Map.Entry<String, Object> entry : tree.entrySet()) {
            json.append(separator)
                    .append(indent)
                    .append("  \"")
                    .append(entry.getKey())
                    .append("\": ");
            if (entry.getValue() instanceof Map<?, ?> section) {
                json.append("{\n");
                writeObject(json, (Map<String, Object>) section, indent + "    ");
                json.append(indent).append("  }");
            } else {
                json.append(entry.getValue());
            }
            separator = ",\n";
        }
        json.append('\n').append(indent).append("}\n");
    }
}
