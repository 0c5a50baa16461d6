package dev.orrery.monitoring.reference;

import dev.orrery.contracts.Profile;
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
/// Whoever asks gets an answer at once; what is not known is looked for meanwhile, ever more seldom, for as long as
/// somebody asks.
@ApplicationScoped
public class References {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /// That there is none, or none that can be used, is believed for so long: the answer may have come from a registry
    /// that was being restored.
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    /// @param pause before the next attempt, should the one that comes next fail
    private record Answer(Reference reference, Instant askAgain, Duration pause) {}

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

    /// Nobody is going to ask for it any more.
    public void forget(String model, int version) {
        ModelVersion forgotten = new ModelVersion(model, version);
        answers.remove(forgotten);
        failures.remove(forgotten);
    }

    /// Which versions have no reference that can be used, or not yet, and why.
    SortedMap<String, String> failures() {
        SortedMap<String, String> named = new TreeMap<>();
        failures.forEach((version, failure) -> named.put(version.toString(), failure));
        return named;
    }

    private Answer answer(ModelVersion version, Answer known) {
        if (known != null && clock.instant().isBefore(known.askAgain())) {
            return known;
        }
        Answer last = known == null ? new Answer(new Reference.Pending(), Instant.MAX, FIRST_PAUSE) : known;
        Thread.ofVirtual().name("reference of " + version).start(() -> lookFor(version, last));
        return new Answer(last.reference(), Instant.MAX, last.pause());
    }

    private void lookFor(ModelVersion version, Answer last) {
        Answer next = new Answer(last.reference(), clock.instant().plus(last.pause()), longer(last.pause()));
        try {
            Reference found = lookUp(version);
            tell(version, found);
            Instant askAgain = found instanceof Reference.Known
                    ? Instant.MAX
                    : clock.instant().plus(BELIEVED);
            next = new Answer(found, askAgain, FIRST_PAUSE);
        } catch (ProfileDoor.Unavailable | RuntimeException e) {
            if (failures.put(version, e.getMessage()) == null) {
                Log.warnf("Predictions of %s wait for its profile: %s", version, e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answers.replace(version, next);
        }
    }

    private Reference lookUp(ModelVersion version) throws ProfileDoor.Unavailable, InterruptedException {
        Optional<Profile> stored = StoredProfile.read(version);
        if (stored.isPresent()) {
            return new Reference.Known(stored.get());
        }
        Reference found = door.fetch(version);
        if (found instanceof Reference.Known known) {
            StoredProfile.keep(version, known.profile(), clock.instant());
        }
        return found;
    }

    private void tell(ModelVersion version, Reference found) {
        String why = switch (found) {
            case Reference.Absent _ -> "it has no profile in its package";
            case Reference.Unusable unusable -> unusable.reason();
            case Reference.Known _, Reference.Pending _ -> null;
        };
        if (why == null) {
            failures.remove(version);
        } else if (!why.equals(failures.put(version, why))) {
            Log.warnf("Windows of %s will say 'insufficient data': %s", version, why);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
