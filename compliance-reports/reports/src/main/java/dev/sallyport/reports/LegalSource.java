package dev.sallyport.reports;

/**
 * Where a control comes from.
 *
 * @param text the legal text and the place in it
 * @param date the date of the wording that was read, ISO 8601
 */
public record LegalSource(String text, String date) {}
