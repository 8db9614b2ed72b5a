package dev.sallyport.api.cli;

import dev.sallyport.verifier.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The offline verifier, whose own command line this is: it also runs without the rest, as a jar of its own. */
@Command(name = "verify", description = "Checks an exported range of a log offline; verify --help tells how.")
final class VerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Main.run(arguments, surroundings.out(), surroundings.err());
    }
}
