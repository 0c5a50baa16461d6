package dev.orrery.cli.platform;

import dev.orrery.cli.platform.Checkup.Finding;
import dev.orrery.cli.platform.Checkup.Verdict;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description =
                "Check the JDK, ports, disk, memory and state. Exit code 1 when something keeps it from starting.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private PlatformOptions options;

    @Override
    public Integer call() {
        List<Finding> findings = new Checkup(options.home(), options.ports(), Project.here()).findings();
        findings.forEach(finding -> System.out.println(
                "%-5s %-10s %s".formatted(finding.verdict().word(), finding.subject(), finding.detail())));
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.BAD) ? 1 : 0;
    }
}
