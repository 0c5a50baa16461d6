package dev.orrery.cli.topic;

import dev.orrery.cli.platform.HomeOption;
import dev.orrery.cli.platform.Platform;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which broker is read: that of the local platform, or another.
final class BrokerOption {

    @Mixin
    private HomeOption home;

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            description = "A broker elsewhere; else the local platform's.")
    private String bootstrap;

    /// @throws dev.orrery.cli.Failure with the way to start it when no broker is named and the platform does not run
    String address() {
        return Optional.ofNullable(bootstrap)
                .orElseGet(() -> Platform.required(home.home()).bootstrapServers());
    }
}
