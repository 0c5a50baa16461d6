package dev.orrery.registry.promotion;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.Bindings;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.PackageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether monitoring could compare anything with a version's profile. One that it could not would let predictions
/// gather without ever being judged.
final class ProfileCheck {

    private ProfileCheck() {}

    /// What is wrong with a profile, or nothing.
    static Optional<String> fault(Path file, ModelCard card) {
        Profile profile;
        try {
            profile = Json.MAPPER.readValue(file.toFile(), Profile.class);
        } catch (IOException e) {
            return Optional.of("its '%s' is no profile".formatted(PackageFiles.PROFILE));
        }
        for (Input input : card.inputs()) {
            if (input.type() == ColumnType.DATE || input.type() == ColumnType.TIMESTAMP) {
                // They move with the calendar, and are not compared.
                continue;
            }
            if (!isAmong(profile.features(), input.name(), input.type().isString())) {
                return Optional.of("its '%s' has no bins for input '%s'".formatted(PackageFiles.PROFILE, input.name()));
            }
        }
        return card.bindings().outputs().stream()
                .map(Bindings.Out::output)
                .filter(output -> !isAmong(profile.outputs(), output, false))
                .findFirst()
                .map(output -> "its '%s' has no bins for output '%s'".formatted(PackageFiles.PROFILE, output));
    }

    private static boolean isAmong(List<Bins> profile, String name, boolean words) {
        return profile.stream().anyMatch(bins -> name.equals(bins.column()) && isUsable(bins, words));
    }

    private static boolean isUsable(Bins bins, boolean words) {
        boolean counted = bins.total() > 0 && Arrays.stream(bins.counts()).noneMatch(count -> count < 0);
        return counted && (words ? bins.words() != null : bins.edges() != null && isRising(bins.edges()));
    }

    private static boolean isRising(double[] edges) {
        for (int i = 0; i < edges.length; i++) {
            if (!Double.isFinite(edges[i]) || i > 0 && edges[i] <= edges[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
