package dev.sallyport.api.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration.
 *
 * @param path its place in the file, joined by dots, for example {@code database.url}
 * @param type how its text is read
 * @param fallback the default's text; null for a key without one
 * @param flag the command-line flag that sets it; null for none
 * @param words what it is for, one sentence
 * @param <T> the value's type
 */
record SettingKey<T>(
        String path,
        SettingType<T> type,
        @Nullable String fallback,
        @Nullable String flag,
        String words) {

    /** Whether the value must never be shown; such a key has a {@code …File} form too. */
    boolean secret() {
        return type.equals(SettingType.SECRET);
    }

    /** The key whose value names a file that holds this secret. */
    String filePath() {
        return path + "File";
    }

    /** The environment's name for the key, for example {@code SALLYPORT_DATABASE_URL}. */
    String variable() {
        return variable(path);
    }

    /** The environment's name for the file form of a secret. */
    String fileVariable() {
        return variable(filePath());
    }

    private static String variable(String path) {
        StringBuilder name = new StringBuilder("SALLYPORT_");
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '.') {
                name.append('_');
            } else if (Character.isUpperCase(c)) {
                name.append('_').append(c);
            } else {
                name.append(Character.toUpperCase(c));
            }
        }
        return name.toString();
    }
}
