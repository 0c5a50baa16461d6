package dev.orrery.cli.platform;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Checkup.Finding;
import dev.orrery.cli.platform.Checkup.Verdict;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description =
                "Check JDK, build, ports, folder, disk, memory and state. Exit code 1 when something keeps it from starting.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private PlatformOptions options;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        List<Finding> findings = new Checkup(options.home(), options.ports(), Project.here()).findings();
        if (json.asked()) {
            json.print(findings);
        } else {
            findings.forEach(DoctorCommand::print);
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BAD) ? 1 : 0;
    }

    private static void print(Finding finding) {
        String line = "%-5s %-9s %s".formatted(finding.verdict().word(), finding.subject(), finding.detail());
        System.out.println(Terminal.here().wrap(line, 16));
    }
}
