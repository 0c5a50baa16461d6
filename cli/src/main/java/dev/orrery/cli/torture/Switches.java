package dev.orrery.cli.torture;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Registry;
import dev.orrery.cli.client.Registry.Deployment;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Platform;
import java.util.List;

/// Changes which version answers, again and again, in every way that there is.
final class Switches {

    private static final String WHO = "orrery torture";
    private static final int PATIENCE_SECONDS = 120;
    private static final int WAYS = 4;
    private static final int WHOLE = 100;

    private final TortureModels models;
    private final Services services;
    private int made;
    private double slowestSeconds;

    Switches(TortureModels models, Platform platform) {
        this.models = models;
        services = Services.of(platform);
    }

    /// Changes once, as soon as the registry takes it, and returns when the change answers.
    void next() {
        Deployment deployment =
                Wait.seconds(PATIENCE_SECONDS, "the registry to take a change").until(() -> change(made % WAYS));
        long asked = System.nanoTime();
        Wait.seconds(PATIENCE_SECONDS, "the change to answer")
                .until(
                        () -> services.inference().endpoint(models.name()),
                        endpoint -> endpoint.revision() >= deployment.revision());
        slowestSeconds = Math.max(slowestSeconds, (System.nanoTime() - asked) / 1e9);
        made++;
    }

    int made() {
        return made;
    }

    /// From the registry's answer to the first request that the change answers, at worst.
    double slowestSeconds() {
        return slowestSeconds;
    }

    private Deployment change(int way) {
        Registry registry = services.registry();
        return switch (way) {
            case 0 -> deploy(slot(models.first(), "champion", WHOLE));
            case 1 ->
                deploy(slot(models.first(), "champion", WHOLE / 2), slot(models.other(), "canary", WHOLE - WHOLE / 2));
            case 2 -> deploy(slot(models.other(), "champion", WHOLE), slot(models.first(), "shadow", WHOLE));
            case 3 -> registry.rollBack(models.name(), null, WHO, "a switch", null);
            default -> throw new Failure("there is no way %d to switch".formatted(way));
        };
    }

    private Deployment deploy(Registry.Slot... slots) {
        return services.registry().deploy(models.name(), List.of(slots), WHO, "a switch", null);
    }

    private Registry.Slot slot(int version, String role, int share) {
        return new Registry.Slot(models.name(), version, role, share);
    }
}
