package dev.sallyport.reports;

import java.util.List;

/**
 * A regulation's catalogue of controls.
 *
 * @param id the name in requests, {@code gdpr}
 * @param title its full name
 * @param digest SHA-256 of the catalogue's bytes, 64 lower-case hexadecimal digits
 * @param controls its controls, in the regulation's order
 */
public record Framework(String id, String title, String digest, List<Control> controls) {
    /** Copies the controls. */
    public Framework {
        controls = List.copyOf(controls);
    }
}
