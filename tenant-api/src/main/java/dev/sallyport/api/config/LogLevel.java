package dev.sallyport.api.config;

/** The least severe events that are logged. */
public enum LogLevel {
    /** Only what needs a person. */
    ERROR,
    /** What may need a person. */
    WARN,
    /** What happens. */
    INFO,
    /** What happens inside. */
    DEBUG
}
