package dev.orrery.registry.promotion;

import dev.orrery.model.Golden;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Rows;
import dev.orrery.model.ScoringModel;
import dev.orrery.model.UnusableModel;
import dev.orrery.registry.Sha256;
import dev.orrery.registry.artifact.Artifacts.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What came of loading a version and asking it its own golden rows.
sealed interface Examination {

    /// @param worstDifference of a golden score, between the trainer's and ours
    /// @param packageDigest   SHA-256 over the lines `digest path` of all files, in order of path
    record Passed(List<Stored> files, int goldenRows, double worstDifference, String packageDigest)
            implements Examination {}

    record Failed(String reason) implements Examination {}

    /// Examines a package.
    ///
    /// @param content where a file's bytes are on disk
    static Examination of(String useCase, List<Stored> files, Function<Stored, Path> content) {
        for (String needed : List.of(PackageFiles.MODEL, PackageFiles.GOLDEN, PackageFiles.PROFILE)) {
            if (find(files, needed).isEmpty()) {
                return new Failed("its package has no '%s' in this registry".formatted(needed));
            }
        }
        Golden golden;
        try {
            golden = Golden.read(content.apply(find(files, PackageFiles.GOLDEN).orElseThrow()));
        } catch (IOException | IllegalArgumentException e) {
            return new Failed("its '%s' holds no golden rows".formatted(PackageFiles.GOLDEN));
        }
        try (ScoringModel model =
                ScoringModel.load(content.apply(find(files, PackageFiles.MODEL).orElseThrow()))) {
            return ask(useCase, model, golden, files);
        } catch (UnusableModel e) {
            return new Failed("its '%s' cannot be used: %s".formatted(PackageFiles.MODEL, e.getMessage()));
        }
    }

    private static Examination ask(String useCase, ScoringModel model, Golden golden, List<Stored> files) {
        if (!useCase.equals(model.card().useCase())) {
            return new Failed(
                    "it was trained for use case '%s'".formatted(model.card().useCase()));
        }
        Optional<String> wrong = golden.check(model);
        if (wrong.isPresent()) {
            return new Failed(wrong.get());
        }
        String lines = files.stream()
                .map(file -> file.digest() + " " + file.path() + "\n")
                .collect(Collectors.joining());
        return new Passed(files, golden.rows().size(), worstDifference(model, golden), Sha256.of(lines));
    }

    private static double worstDifference(ScoringModel model, Golden golden) {
        float[] answers = model.score(Rows.of(model.card().inputs(), golden.rows()));
        double worst = 0;
        for (int i = 0; i < answers.length; i++) {
            worst = Math.max(worst, Math.abs(answers[i] - golden.scores().get(i)));
        }
        return worst;
    }

    private static Optional<Stored> find(List<Stored> files, String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
