package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.model.Engine;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Scorer;
import dev.orrery.model.UnusableModel;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// From files on disk to a model that has proven itself.
final class ModelLoad {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final DeploymentStore store;
    private final WarmUp warmUp;

    ModelLoad(DeploymentStore store, WarmUp warmUp) {
        this.store = store;
        this.warmUp = warmUp;
    }

    /// Checks what a deployment asks for before anything is fetched for it.
    ///
    /// @throws Refused for a part that is not known here, or for files that it does not name
    static void require(DeploymentChanged deployment) {
        if (deployment.slots().stream().anyMatch(slot -> slot.role() == Role.UNKNOWN)) {
            throw new Refused("the deployment has a role that is not known here: it needs a newer inference-service");
        }
        deployment.slots().forEach(ModelLoad::requireFiles);
    }

    private static void requireFiles(Slot slot) {
        for (String needed : List.of(PackageFiles.MODEL, PackageFiles.CARD, PackageFiles.GOLDEN)) {
            if (!slot.files().containsKey(needed)) {
                throw new Refused("the package of %s has no file '%s'".formatted(slot.words(), needed));
            }
        }
        slot.files().forEach((path, digest) -> {
            if (!SHA256.matcher(digest).matches()) {
                throw new Refused(
                        "the digest '%s' of file '%s' of %s is not a SHA-256".formatted(digest, path, slot.words()));
            }
        });
    }

    /// Loads the model, asks it its golden rows, and warms it up.
    ///
    /// @throws Refused when it is unusable or answers otherwise than when it was trained
    LoadedModel load(DeploymentChanged deployment, Slot slot) {
        Scorer model = null;
        try {
            Golden golden = Golden.read(store.file(slot.files().get(PackageFiles.GOLDEN)));
            ModelCard card = ModelCard.read(store.file(slot.files().get(PackageFiles.CARD)));
            model = Scorer.load(store.file(slot.files().get(PackageFiles.MODEL)), card, golden);
            requireUseCase(model.card(), deployment.useCase());
            Optional<String> wrong = golden.check(model);
            if (wrong.isPresent()) {
                throw new Refused(wrong.get());
            }
            LoadedModel loaded = new LoadedModel(model, golden);
            warmUp(Running.alone(deployment, slot, loaded), golden);
            tell(slot, model.engine());
            model = null;
            return loaded;
        } catch (UnusableModel e) {
            throw new Refused(e.getMessage(), e);
        } catch (IOException e) {
            throw new Refused("its card or its golden rows are unreadable: " + e.getMessage(), e);
        } finally {
            if (model != null) {
                model.close();
            }
        }
    }

    /// The card says whose key it is that becomes a pseudonym; another dataset's would be another person's.
    static void requireUseCase(ModelCard card, String useCase) {
        if (!card.useCase().equals(useCase)) {
            throw new Refused(
                    "the model is for use case '%s', the endpoint for '%s'".formatted(card.useCase(), useCase));
        }
    }

    private static void tell(Slot slot, Engine engine) {
        String why = engine.reason() == null ? "" : ": " + engine.reason();
        Log.infof("%s is answered by engine %s%s", slot.words(), engine.kind().word(), why);
    }

    private void warmUp(Serving serving, Golden golden) {
        List<String> faults = warmUp.ask(serving, golden);
        if (!faults.isEmpty()) {
            Log.warnf(
                    "%s answers %d requests about its golden rows otherwise than the rows, such as this: %s",
                    serving.slot().words(), faults.size(), faults.getFirst());
        }
    }
}
