package dev.sallyport.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which program makes the reports. */
final class Generator {
    /** The version of the build, {@code 0.1.0}. */
    static final String VERSION = version();

    private Generator() {}

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Generator.class.getResourceAsStream("generator.properties")) {
            if (in == null) {
                throw new IllegalStateException("generator.properties is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
