package dev.orrery.cli.torture;

import picocli.CommandLine.Command;

/// What the platform promises, held while its parts are killed.
@Command(
        name = "torture",
        description = {
            "Kill parts of the platform at random moments, and check that nothing is lost or doubled.",
            "It starts a platform of its own and takes it down again."
        },
        synopsisSubcommandLabel = "PATH",
        subcommands = {DataTorture.class, InferenceTorture.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery torture data",
            "  ./orrery torture inference --minutes 10",
            "  ./orrery torture data --rows 100000 --seed 7 --json found.json"
        })
public final class TortureCommand {}
