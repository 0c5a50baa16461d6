package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.model.PackageFiles;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// From a deployment to the same deployment with all its models in memory. What is in memory already is shared, not
/// loaded again.
final class Preparation {

    private final DeploymentStore store;
    private final PackageFetch packages;
    private final LoadAttempts attempts;
    private final ModelLoad models;
    private final String instance;
    private final Clock clock;
    /// By their files.
    private final Map<Map<String, String>, LoadedModel> loaded = new ConcurrentHashMap<>();

    /// @param instance the name of this one
    Preparation(
            DeploymentStore store,
            PackageFetch packages,
            LoadAttempts attempts,
            ModelLoad models,
            String instance,
            Clock clock) {
        this.store = store;
        this.packages = packages;
        this.attempts = attempts;
        this.models = models;
        this.instance = instance;
        this.clock = clock;
    }

    /// Whether all files are here.
    ///
    /// @throws Refused when the deployment cannot run here, whatever its files
    boolean isHere(DeploymentChanged deployment) throws IOException {
        ModelLoad.require(deployment);
        for (Slot slot : deployment.slots()) {
            if (!store.hasAll(slot.files().values())) {
                return false;
            }
        }
        return true;
    }

    /// Brings the files of all slots, as far as they can be had.
    ///
    /// @throws NotReady with the slots whose files did not all come
    void fetch(DeploymentChanged deployment) throws NotReady, InterruptedException {
        ModelLoad.require(deployment);
        Map<Integer, String> failures = new TreeMap<>();
        for (int slot = 0; slot < deployment.slots().size(); slot++) {
            try {
                packages.fetch(deployment.slots().get(slot));
            } catch (IOException e) {
                failures.put(slot, e.getMessage());
            } catch (Refused e) {
                throw new Refused(deployment, slot, e);
            }
        }
        if (!failures.isEmpty()) {
            throw new NotReady(deployment, failures);
        }
    }

    /// Loads what is not loaded yet, and lets each prove itself.
    ///
    /// @throws Refused  naming the slot whose model is unusable
    /// @throws NotReady when this disk takes no record of the attempt
    Running load(DeploymentChanged deployment) throws NotReady {
        List<LoadedModel> held = new ArrayList<>();
        Running running = null;
        try {
            for (int slot = 0; slot < deployment.slots().size(); slot++) {
                held.add(load(deployment, slot));
            }
            running = new Running(deployment, held, instance, clock.instant());
            return running;
        } finally {
            if (running == null) {
                held.forEach(LoadedModel::letGo);
            }
        }
    }

    private LoadedModel load(DeploymentChanged deployment, int place) throws NotReady {
        Slot slot = deployment.slots().get(place);
        try {
            LoadedModel known = loaded.get(slot.files());
            if (known != null && known.hold()) {
                return shared(known, deployment);
            }
            LoadedModel model =
                    attempts.guard(slot.files().get(PackageFiles.MODEL), () -> models.load(deployment, slot));
            loaded.values().removeIf(LoadedModel::isFreed);
            loaded.put(slot.files(), model);
            return model;
        } catch (Refused e) {
            throw new Refused(deployment, place, e);
        } catch (IOException e) {
            throw new NotReady(deployment, Map.of(place, e.getMessage()));
        }
    }

    private static LoadedModel shared(LoadedModel known, DeploymentChanged deployment) {
        try {
            ModelLoad.requireUseCase(known.card(), deployment.useCase());
            return known;
        } catch (Refused e) {
            known.letGo();
            throw e;
        }
    }
}
