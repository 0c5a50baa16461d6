package dev.orrery.cli.platform;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show each part's state and address. Exit code 0 when all are up, else 1.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Override
    public Integer call() {
        Optional<PlatformState> state = PlatformState.read(home.home()).filter(PlatformState::isSupervised);
        if (state.isEmpty()) {
            System.out.println("The platform in %s is not running. Start it with: ./orrery up"
                    .formatted(home.home().path()));
            PlatformState.read(home.home())
                    .map(PlatformState::problem)
                    .ifPresent(problem -> System.out.println("The last time it failed: " + problem));
            return 1;
        }
        PlatformState now = state.get();
        System.out.println("The platform in %s is %s, since %s.\n"
                .formatted(home.home().path(), now.phase().name().toLowerCase(Locale.ROOT), now.since()));
        if (now.activity() != null) {
            System.out.println("  " + now.activity());
        }
        System.out.println(new StatusTable(Terminal.here()).of(now.parts(), StatusCommand::word));
        boolean well = !now.parts().isEmpty()
                && now.parts().stream().allMatch(child -> word(child).equals("up"));
        return well ? 0 : 1;
    }

    /// A service may be running and still not answer.
    private static String word(Child child) {
        boolean silent = child.status() == Status.UP && child.part().isService() && !Launcher.isReady(child.port());
        return silent ? "not ready" : StatusTable.word(child);
    }
}
