package dev.orrery.cli.bench;

import picocli.CommandLine.Command;

/// What the platform can do on this machine, beside what its parts could do alone.
@Command(
        name = "bench",
        description = {
            "Measure a path through the platform beside what its parts cost alone, in the same run.",
            "It starts a platform of its own and takes it down again; nothing else should run meanwhile."
        },
        synopsisSubcommandLabel = "PATH",
        subcommands = {DataBench.class, InferenceBench.class, MonitoringBench.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery bench data",
            "  ./orrery bench monitoring",
            "  ./orrery bench data --rows 100000 --columns 50 --json data.json",
            "  ./orrery bench inference --json inference.json",
        })
public final class BenchCommand {}
