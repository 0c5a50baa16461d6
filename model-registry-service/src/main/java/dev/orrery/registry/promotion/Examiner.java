package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.model.ModelPackages;
import dev.orrery.registry.usecase.UseCases.Current;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/// Has versions prove themselves, and says where what they proved can be had.
@ApplicationScoped
class Examiner {

    private final ModelPackages packages;

    Examiner(ModelPackages packages) {
        this.packages = packages;
    }

    /// A version's files, in order of path.
    ///
    /// @throws dev.orrery.kit.problem.NotFound when there is no such version
    List<Stored> files(String model, int version) {
        return QuarkusTransaction.requiringNew().call(() -> packages.files(model, version));
    }

    /// Loads what lies in the files and asks it its golden rows; outside of any transaction, for it takes its time.
    Examination examine(Current useCase, List<Stored> files) {
        return Examination.of(useCase.useCase().name(), files, packages::content);
    }

    /// A version with exactly the files that it proved itself with.
    Slot slot(String model, int version, Role role, int share, Examination.Passed passed) {
        return new Slot(
                model,
                version,
                role,
                share,
                packages.uri(model, version),
                passed.files().stream().collect(Collectors.toMap(Stored::path, Stored::digest)));
    }
}
