package dev.orrery.registry.promotion;

import dev.orrery.contracts.Sha256;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Scorer;
import dev.orrery.model.UnusableModel;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.deployment.Decision.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What came of loading a version and asking it its own golden rows.
sealed interface Examination {

    /// Fewer rows than this prove nothing.
    int LEAST_GOLDEN_ROWS = 10;

    /// @param worstDifference of a golden answer, between the trainer's and ours, relative to what is above 1
    /// @param packageDigest   SHA-256 over the lines `digest path` of all files, in order of path
    record Passed(List<Stored> files, int goldenRows, double worstDifference, String packageDigest)
            implements Examination {

        Evidence evidence(String model, int version) {
            return new Evidence(model, version, packageDigest, goldenRows, worstDifference);
        }
    }

    record Failed(String reason) implements Examination {}

    /// Examines a package.
    ///
    /// @param content where a file's bytes are on disk
    static Examination of(String useCase, List<Stored> files, Function<Stored, Path> content) {
        for (String needed :
                List.of(PackageFiles.MODEL, PackageFiles.CARD, PackageFiles.GOLDEN, PackageFiles.PROFILE)) {
            Optional<Stored> found = find(files, needed);
            if (found.isEmpty()) {
                return new Failed("its package has no '%s' in this registry".formatted(needed));
            }
            if (!isAsUploaded(found.get(), content.apply(found.get()))) {
                return new Failed(
                        "its '%s' is not what was uploaded: the registry's copy was changed or lost".formatted(needed));
            }
        }
        Path model = content.apply(find(files, PackageFiles.MODEL).orElseThrow());
        try (Scorer loaded = Scorer.load(model, card(files, content))) {
            return ask(useCase, loaded, files, content);
        } catch (UnusableModel e) {
            // What the runtime says names the file by its place on this machine, which is nobody's business.
            String message = e.getMessage().replace(model.toString(), PackageFiles.MODEL);
            return new Failed("its '%s' cannot be used: %s".formatted(PackageFiles.MODEL, message));
        }
    }

    private static Examination ask(String useCase, Scorer model, List<Stored> files, Function<Stored, Path> content) {
        if (!useCase.equals(model.card().useCase())) {
            return new Failed(
                    "it was trained for use case '%s'".formatted(model.card().useCase()));
        }
        Golden golden;
        try {
            golden = Golden.read(content.apply(find(files, PackageFiles.GOLDEN).orElseThrow()));
        } catch (IOException | IllegalArgumentException e) {
            return new Failed("its '%s' holds no golden rows".formatted(PackageFiles.GOLDEN));
        }
        if (golden.rows().size() < LEAST_GOLDEN_ROWS) {
            return new Failed("its '%s' holds %d golden rows, and at least %d are needed"
                    .formatted(PackageFiles.GOLDEN, golden.rows().size(), LEAST_GOLDEN_ROWS));
        }
        Path profile = content.apply(find(files, PackageFiles.PROFILE).orElseThrow());
        return golden.check(model)
                .or(() -> ProfileCheck.fault(profile, model.card()))
                .<Examination>map(Failed::new)
                .orElseGet(() -> new Passed(files, golden.rows().size(), golden.worst(model), digest(files)));
    }

    private static ModelCard card(List<Stored> files, Function<Stored, Path> content) {
        try {
            return ModelCard.read(content.apply(find(files, PackageFiles.CARD).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException("the registry's copy of a model card cannot be read", e);
        }
    }

    private static boolean isAsUploaded(Stored file, Path content) {
        try {
            return Sha256.of(content).equals(file.digest());
        } catch (IOException e) {
            return false;
        }
    }

    private static String digest(List<Stored> files) {
        return Sha256.of(files.stream()
                .map(file -> file.digest() + " " + file.path() + "\n")
                .collect(Collectors.joining()));
    }

    private static Optional<Stored> find(List<Stored> files, String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
