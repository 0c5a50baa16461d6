package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "reset", description = "Wipe all data, secrets and logs of a stopped platform. Asks first.")
final class ResetCommand implements Callable<Integer> {

    /// The only things that a platform keeps in its folder. Whatever else lies there is somebody else's.
    static final List<String> STATE = List.of(
            "postgres",
            "postgres.new",
            "kafka",
            "kafka.ready",
            "state",
            "requests",
            "lake",
            "secrets",
            "logs",
            "demo",
            "platform.json",
            "platform.json.new");

    @Mixin
    private HomeOption home;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        Home place = home.home();
        if (PlatformState.read(place).filter(PlatformState::isSupervised).isPresent()) {
            throw running(place);
        }
        List<Path> present =
                STATE.stream().map(place.path()::resolve).filter(Files::exists).toList();
        if (present.isEmpty()) {
            System.out.println("There is nothing to wipe in %s.".formatted(place.path()));
            return 0;
        }
        if (!yes && !confirmed(place)) {
            System.out.println("Nothing was changed.");
            return 1;
        }
        try (FileChannel lock = Foreground.open(place)) {
            if (lock.tryLock() == null) {
                throw running(place);
            }
            new Shutdown(place, System.out).run();
            present.forEach(ResetCommand::delete);
        } catch (IOException e) {
            throw new Failure("cannot use %s: %s".formatted(place.path(), Reason.of(e)), e);
        }
        System.out.println("Wiped: every dataset, model and prediction in %s.".formatted(place.path()));
        return 0;
    }

    private static Failure running(Home place) {
        return new Failure("the platform in %s is running; stop it first: ./orrery down".formatted(place.path()));
    }

    private static boolean confirmed(Home place) {
        System.out.print("This wipes every dataset, model and prediction in %s. Go on? [y/N] ".formatted(place.path()));
        System.out.flush();
        try (Stream<String> answer =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines()) {
            return answer.findFirst()
                    .map(String::strip)
                    .filter(text -> text.matches("(?i)y|yes"))
                    .isPresent();
        }
    }

    private static void delete(Path path) {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw new Failure("cannot delete %s: %s".formatted(path, Reason.of(e)), e);
        }
    }
}
