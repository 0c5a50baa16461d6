package dev.orrery.cli;

import dev.orrery.cli.bench.BenchCommand;
import dev.orrery.cli.client.ApplyCommand;
import dev.orrery.cli.client.DeployCommand;
import dev.orrery.cli.client.EndpointsCommand;
import dev.orrery.cli.client.ScoreCommand;
import dev.orrery.cli.client.SendCommand;
import dev.orrery.cli.demo.DemoCommand;
import dev.orrery.cli.demo.SampleRehearsal;
import dev.orrery.cli.load.LoadCommand;
import dev.orrery.cli.platform.PlatformCommands;
import dev.orrery.cli.simulation.SimulateCommand;
import dev.orrery.cli.topic.TopicCommand;
import dev.orrery.cli.torture.TortureCommand;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/// The `orrery` command. Each feature brings its own commands; this class only collects them.
@Command(
        name = "./orrery",
        description = "A working model of the machine-learning lifecycle, on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Orrery.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "./orrery test [--fast] [MODULE...] runs tests; ./orrery test --help says more."},
        subcommands = HelpCommand.class)
public final class Orrery {

    private Orrery() {}

    static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine orrery = new CommandLine(new Orrery());
        PlatformCommands.all(new SampleRehearsal()).forEach(orrery::addSubcommand);
        orrery.addSubcommand(new DemoCommand());
        orrery.addSubcommand(new ApplyCommand());
        orrery.addSubcommand(new DeployCommand());
        orrery.addSubcommand(new EndpointsCommand());
        orrery.addSubcommand(new SendCommand());
        orrery.addSubcommand(new ScoreCommand());
        orrery.addSubcommand(new LoadCommand());
        orrery.addSubcommand(new TopicCommand());
        orrery.addSubcommand(new SimulateCommand());
        orrery.addSubcommand(new BenchCommand());
        orrery.addSubcommand(new TortureCommand());
        orrery.getSubcommands().values().forEach(Orrery::withHelp);
        return orrery.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Orrery::explain);
    }

    private static void withHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Orrery::withHelp);
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(e instanceof Failure || e instanceof UncheckedIOException)) {
            throw e;
        }
        command.getErr()
                .println(command.getColorScheme().errorText(Terminal.here().wrap("orrery: " + e.getMessage(), 2)));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Orrery.class.getPackage().getImplementationVersion();
            return new String[] {
                "orrery " + (version == null ? "(unpackaged)" : version), "JDK " + Runtime.version(),
            };
        }
    }
}
