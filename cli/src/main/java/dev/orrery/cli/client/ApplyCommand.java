package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.PlatformOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Puts a use-case file to the registry of the running platform.
@Command(name = "apply", description = "Put a use-case file to the registry, as its use case's next revision.")
public final class ApplyCommand implements Runnable {

    @Mixin
    private PlatformOptions options;

    @Parameters(paramLabel = "FILE", description = "The use case, e.g. samples/churn/use-case.yaml")
    private Path file;

    @Override
    public void run() {
        UseCaseText text = UseCaseText.read(file);
        Platform platform = Platform.running(options.home())
                .orElseThrow(() -> new Failure("the platform is not running; start it with: orrery up"));
        try {
            Registry.Revision applied = Services.of(platform).registry().put(text.name(), text.yaml());
            System.out.printf(
                    "Use case '%s' is at revision %d; its endpoint is '%s'.%n",
                    applied.name(), applied.revision(), applied.useCase().endpoint());
        } catch (ServiceProblem e) {
            throw new Failure("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
