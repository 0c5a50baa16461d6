package dev.orrery.monitoring.reference;

import dev.orrery.contracts.Profile;
import dev.orrery.monitoring.Patience;
import dev.orrery.monitoring.window.Reference;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The reference that each model version is compared with: from memory, else from the database, else from the registry.
/// Whoever asks gets an answer at once; what is not known is looked for meanwhile, ever more seldom, for as long as it
/// takes.
@ApplicationScoped
public class References {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /// That there is none is believed for so long: the answer may have come from a registry that was being restored.
    private static final Duration ABSENCE_BELIEVED = Duration.ofMinutes(10);

    private record Answer(Reference reference, Instant askAgain) {}

    private final Map<ModelVersion, Answer> answers = new ConcurrentHashMap<>();
    private final Map<ModelVersion, String> failures = new ConcurrentHashMap<>();
    private final ProfileDoor door;
    private final Clock clock;

    References(ProfileDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    public Reference of(String model, int version) {
        return answers.compute(new ModelVersion(model, version), this::answer).reference();
    }

    /// Which versions wait for their reference, and why.
    SortedMap<String, String> failures() {
        SortedMap<String, String> named = new TreeMap<>();
        failures.forEach((version, failure) -> named.put(version.toString(), failure));
        return named;
    }

    private Answer answer(ModelVersion version, Answer known) {
        if (known != null && clock.instant().isBefore(known.askAgain())) {
            return known;
        }
        Thread.ofVirtual().name("reference of " + version).start(() -> lookFor(version));
        return new Answer(known == null ? new Reference.Pending() : known.reference(), Instant.MAX);
    }

    private void lookFor(ModelVersion version) {
        try {
            String what = "Looking up the reference of " + version;
            Optional<Profile> stored = Patience.insist(what, () -> StoredProfile.read(version));
            Optional<Profile> profile = stored.isPresent() ? stored : fetch(version);
            failures.remove(version);
            if (profile.isPresent()) {
                answers.put(version, new Answer(new Reference.Known(profile.get()), Instant.MAX));
            } else {
                Log.warnf("%s has no profile in its package: its windows will say 'insufficient data'", version);
                answers.put(
                        version,
                        new Answer(new Reference.Absent(), clock.instant().plus(ABSENCE_BELIEVED)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Profile> fetch(ModelVersion version) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                Optional<String> profile = door.fetch(version);
                if (profile.isPresent()) {
                    Patience.insist("Keeping the reference of " + version, () -> {
                        StoredProfile.keep(version, profile.get(), clock.instant());
                        return true;
                    });
                }
                return profile.map(ProfileDoor::parse);
            } catch (ProfileDoor.Unavailable e) {
                if (failures.put(version, e.getMessage()) == null) {
                    Log.warnf("Predictions of %s wait for its profile: %s", version, e.getMessage());
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
