package dev.sallyport.policy;

/**
 * One setting of an effective policy, with where it comes from.
 *
 * @param path the setting, such as {@code input.maxRows} or {@code input.required.age_band}
 * @param value the value in force, as documents write it
 * @param origin the rule that made it so; the first one where several did
 */
public record Setting(String path, String value, Rule origin) {}
