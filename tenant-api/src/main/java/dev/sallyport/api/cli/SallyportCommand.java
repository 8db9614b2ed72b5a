package dev.sallyport.api.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's root: the tree of commands and how errors become exit codes. */
@Command(
        name = "sallyport",
        description = "Hosted models for many tenants behind a policy engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SallyportCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
    private CommandSpec spec;

    private SallyportCommand() {}

    /**
     * Builds the command line.
     *
     * @param surroundings what the commands see of the world
     * @param programs what they start
     * @return ready to {@code execute} arguments; its result is the process's exit code
     */
    public static CommandLine commandLine(Surroundings surroundings, Programs programs) {
        CommandLine admin = new CommandLine(new AdminCommand())
                .addSubcommand("bootstrap", new AdminCommand.Bootstrap(surroundings, programs));
        CommandLine log = new CommandLine(new LogCommand())
                .addSubcommand("export", new LogExportCommand(surroundings))
                .addSubcommand("rotate-key", new LogCommand.RotateKey(surroundings, programs));
        CommandLine config = new CommandLine(new ConfigCommand())
                .addSubcommand("check", new ConfigCommand.Look(surroundings))
                .addSubcommand("print", new ConfigCommand.Look(surroundings));
        // The verifier reads its own options.
        CommandLine verify = new CommandLine(new VerifyCommand(surroundings));
        verify.setUnmatchedOptionsArePositionalParams(true);
        return new CommandLine(new SallyportCommand())
                .addSubcommand("demo", new DemoCommand(surroundings, programs))
                .addSubcommand("serve", new ServeCommand(surroundings, programs))
                .addSubcommand("migrate", new MigrateCommand(surroundings, programs))
                .addSubcommand("admin", admin)
                .addSubcommand("config", config)
                .addSubcommand("log", log)
                .addSubcommand("verify", verify)
                .addSubcommand("version", new VersionCommand(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setExecutionExceptionHandler((e, line, parsed) -> explain(surroundings, e));
    }

    private static int explain(Surroundings surroundings, Exception e) {
        if (e instanceof StartupException) {
            surroundings.err().println(e.getMessage());
        } else {
            e.printStackTrace(surroundings.err());
        }
        surroundings.err().flush();
        return ExitCode.COULD_NOT_RUN;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
