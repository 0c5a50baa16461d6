package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.Target;
import dev.orrery.contracts.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts a use-case file to the registry of a running platform.
@Command(
        name = "apply",
        description = "Put a use-case file to the registry, as its use case's next revision.",
        footerHeading = "%nExample:%n",
        footer = "  ./orrery apply samples/churn/use-case.yaml")
public final class ApplyCommand implements Runnable {

    @Mixin
    private Target target;

    @Option(names = "--json", description = "Print what came of it as JSON.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "The use case, e.g. samples/churn/use-case.yaml")
    private Path file;

    @Override
    public void run() {
        UseCaseText text = UseCaseText.read(file);
        Registry registry = Services.of(target.running()).registry();
        try {
            Registry.Revision applied = registry.put(text.name(), text.yaml());
            System.out.println(json ? Json.text(facts(applied)) : sentence(applied));
        } catch (ServiceProblem e) {
            throw new Failure("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String sentence(Registry.Revision applied) {
        return Terminal.here()
                .wrap("Use case '%s' is at revision %d and predicts %s; its endpoint is '%s'."
                        .formatted(
                                applied.name(),
                                applied.revision(),
                                applied.useCase()
                                        .task()
                                        .question(applied.useCase().dataset().label()),
                                applied.useCase().endpoint()));
    }

    private static Map<String, Object> facts(Registry.Revision applied) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("use_case", applied.name());
        facts.put("revision", applied.revision());
        facts.put("dataset", applied.useCase().datasetName());
        facts.put("task", applied.useCase().task());
        facts.put("model", applied.useCase().modelName());
        facts.put("endpoint", applied.useCase().endpoint());
        return facts;
    }
}
