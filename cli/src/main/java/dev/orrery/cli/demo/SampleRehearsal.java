package dev.orrery.cli.demo;

import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Project;
import dev.orrery.cli.platform.Rehearsal;
import dev.orrery.cli.simulation.Sample;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/// The journey of the sample, told to nobody.
public final class SampleRehearsal implements Rehearsal {

    @Override
    public void perform(Function<Part, URI> address) {
        PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Run run = new Run(new Story(nobody, Terminal.here()));
        Services services = Services.of(address);
        Path folder = Sample.folder(Project.here().folder());
        UseCaseText text = UseCaseText.read(folder.resolve("use-case.yaml"));
        new Journey(services, run, new OwnScript(services, run)).travel(text, folder.resolve("customers.csv"));
    }
}
