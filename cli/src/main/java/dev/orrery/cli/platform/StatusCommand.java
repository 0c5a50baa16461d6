package dev.orrery.cli.platform;

import dev.orrery.cli.Terminal;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show each part's state and address. Exit code 0 when all are up, else 1.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        Overview overview = target.isElsewhere() ? Overview.of(target.running()) : Overview.of(target.home());
        if (json.asked()) {
            json.print(overview);
        } else {
            print(overview);
        }
        return overview.isWell() ? 0 : 1;
    }

    private static void print(Overview overview) {
        Terminal terminal = Terminal.here();
        if (!overview.isRunning()) {
            System.out.println(terminal.wrap(
                    "The platform in %s is not running. Start it with: ./orrery up".formatted(overview.platform())));
            if (overview.problem() != null) {
                System.out.println(terminal.wrap("The last time it failed: " + overview.problem(), 2));
            }
            return;
        }
        String since = overview.since() == null
                ? ""
                : ", since %s (%s)".formatted(overview.since(), Overview.age(overview.since(), Instant.now()));
        System.out.println(
                terminal.wrap("The platform in %s is %s%s.".formatted(overview.platform(), overview.phase(), since)));
        System.out.println();
        if (overview.activity() != null) {
            System.out.println(terminal.wrap("  " + overview.activity()));
        }
        System.out.println(new StatusTable(terminal).of(overview.parts()));
    }
}
