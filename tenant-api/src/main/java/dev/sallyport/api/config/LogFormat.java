package dev.sallyport.api.config;

/** The form of log lines. */
public enum LogFormat {
    /** Text on a terminal, JSON otherwise. */
    AUTO,
    /** One readable line an event. */
    TEXT,
    /** Elastic Common Schema, one JSON object a line. */
    JSON
}
