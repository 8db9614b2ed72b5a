package dev.sallyport.api.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the jar's manifest says. */
public final class Version implements IVersionProvider {

    /** For picocli, which makes it. */
    public Version() {}

    /**
     * The version.
     *
     * @return for example {@code 0.1.0}; {@code development} when run from class files
     */
    public String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sallyport " + number()};
    }
}
