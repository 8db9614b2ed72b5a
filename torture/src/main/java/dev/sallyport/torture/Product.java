package dev.sallyport.torture;

import dev.sallyport.api.launch.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What is tortured: how its servers are started, and what is done to its database before they are loaded. */
interface Product {
    /** The words that start the program, before its own arguments. */
    List<String> command();

    /**
     * Is called once, when the first server serves.
     *
     * @param superuser a connection to the product's database
     */
    void prepare(Connection superuser) throws SQLException;

    /** The product as it was built: the jar beside which this runs, with nothing done to it. */
    static Product built() {
        try {
            return jar(Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class came from no file", e);
        }
    }

    /** The product of a jar, with nothing done to it. */
    static Product jar(Path jar) {
        return new Product() {
            @Override
            public List<String> command() {
                return java(List.of("-jar", jar.toString()));
            }

            @Override
            public void prepare(Connection superuser) {}
        };
    }

    /** The words that start Java as this process was started, with a small heap. */
    static List<String> java(List<String> words) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+ExitOnOutOfMemoryError"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(words);
        return List.copyOf(command);
    }
}
