package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dev",
        description = {
            "Run one service from its sources, with live reload, in the place that it has in the running platform.",
            "The platform stops its own, and takes it back when this ends."
        })
final class DevCommand implements Callable<Integer> {

    private static final int USUAL_DEBUG_PORT = 5005;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long MAVEN_PATIENCE_SECONDS = 20;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "SERVICE", description = "A service: ingest, inference-service, …")
    private String name;

    @Option(names = "--debug", paramLabel = "PORT", description = "Where a debugger attaches. Default: 5005, if free.")
    private Integer debug;

    @Override
    public Integer call() throws InterruptedException {
        Part part = Part.named(name);
        if (!part.isService()) {
            throw new Failure("%s is not one of our services, so there are no sources to run".formatted(part.title()));
        }
        Platform platform = Platform.running(home.home()).orElseThrow(() -> Platform.notRunning(home.home()));
        Requests requests = Requests.of(home.home());
        requests.hold(part, ProcessId.of(ProcessHandle.current()));
        try {
            awaitHeld(platform, part);
            return develop(platform, part);
        } finally {
            requests.release(part);
        }
    }

    private static void awaitHeld(Platform platform, Part part) {
        Child seen = Waiting.atMost(PATIENCE, () -> platform.state().child(part), child -> isHeld(child));
        if (!isHeld(seen)) {
            throw new Failure("the platform does not let go of %s, which is %s"
                    .formatted(part.title(), seen.status().word()));
        }
    }

    private static boolean isHeld(Child child) {
        return child.status() == Status.HELD && child.process() == null;
    }

    private int develop(Platform platform, Part part) throws InterruptedException {
        int debugPort = debug != null ? debug : Ports.isFree(USUAL_DEBUG_PORT) ? USUAL_DEBUG_PORT : Ports.any();
        announce(platform, part, debugPort);
        ProcessBuilder maven = new ProcessBuilder(command(part, debugPort))
                .directory(Project.here().folder().toFile())
                .inheritIO();
        maven.environment().putAll(Launcher.of(platform).environment(part));
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = maven.start();
            Thread ending = new Thread(() -> end(process, part));
            Runtime.getRuntime().addShutdownHook(ending);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(ending);
            System.out.println(goesBack(part));
            return code;
        } catch (IOException e) {
            throw new Failure("cannot start Maven: " + Reason.of(e), e);
        }
    }

    /// The modules that the service is made of are built along, so that a change in one of them is seen too.
    static List<String> command(Part part, int debugPort) {
        List<String> command = new ArrayList<>(List.of("./mvnw", "-Dquick", "-pl", part.title(), "-am"));
        command.addAll(List.of("compile", "quarkus:dev", "-Ddebug=" + debugPort));
        command.addAll(List.of("-Dquarkus.test.continuous-testing=disabled", "-Dquarkus.analytics.disabled=true"));
        // The tables are Flyway's, and a text column is text there; Hibernate would complain of it at each reload.
        command.add("-Dquarkus.hibernate-orm.validate-in-dev-mode=false");
        List<String> flags = Jvm.flags(part.title()).stream()
                .filter(flag -> flag.startsWith("-XX:+Use") || flag.startsWith("--"))
                .toList();
        command.add("-Djvm.args=" + String.join(" ", flags));
        return command;
    }

    private static void announce(Platform platform, Part part, int debugPort) {
        System.out.println(Terminal.here().wrap("""
                %s runs from its sources at %s; a change takes effect with the next request.
                A debugger attaches to port %d of this machine. The rest of the platform goes on.
                q or Ctrl-C ends it, and the platform takes %1$s back.""".formatted(part.title(), platform.url(part), debugPort)));
    }

    /// Ctrl-C reaches Maven too; the port has to be free before the platform's own is started.
    private static void end(Process process, Part part) {
        try {
            process.destroy();
            process.waitFor(MAVEN_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println(goesBack(part));
    }

    private static String goesBack(Part part) {
        return "The platform, which goes on, takes %s back; stop it with: ./orrery down".formatted(part.title());
    }
}
