package dev.sallyport.format;

/**
 * Personal data found in a call, never the data itself.
 *
 * @param type the type, {@code US_SSN}
 * @param field the field it was found in
 * @param action what was done: {@code reject}, {@code redact}, {@code pass}
 * @param count the number of findings, at least 1
 */
public record DetectionFact(String type, String field, String action, long count) {}
