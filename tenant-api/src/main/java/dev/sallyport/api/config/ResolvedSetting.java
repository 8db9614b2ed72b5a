package dev.sallyport.api.config;

/**
 * A key with its value in force, ready to be shown.
 *
 * @param path the key, for example {@code server.port}
 * @param shown the value as text; masked for a secret, empty for a key that has none
 * @param source where the value comes from: a flag, an environment variable, {@code FILE:LINE} or {@code default}
 */
public record ResolvedSetting(String path, String shown, String source) {}
