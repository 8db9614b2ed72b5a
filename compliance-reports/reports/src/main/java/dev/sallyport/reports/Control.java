package dev.sallyport.reports;

/**
 * A requirement of a framework, with what the service does about it and how the ledger can show it.
 *
 * @param id framework, dash, article: {@code GDPR-5.1.b}, {@code HIPAA-164.312.a.2.ii}
 * @param framework the framework's id, {@code gdpr}
 * @param title a few words
 * @param responsibility who has to see to it
 * @param enforces what the service does; empty where it does nothing
 * @param source the legal text
 * @param evidence how the ledger shows it, or why it cannot
 */
public record Control(
        String id,
        String framework,
        String title,
        Responsibility responsibility,
        String enforces,
        LegalSource source,
        Evidence evidence) {}
