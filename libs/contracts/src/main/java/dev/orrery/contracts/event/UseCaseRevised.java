package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.usecase.UseCase;
import java.time.Instant;

/// A use case has a new revision. The whole file travels; each service takes its own section.
///
/// @param revision 1, 2, 3 …; readers ignore one that is not newer than what they hold
public record UseCaseRevised(UseCase useCase, int revision, Instant at) implements Event {

    public UseCaseRevised {
        requireNonNull(useCase, "use_case");
        requireNonNull(at, "at");
        Require.atLeast("revision", revision, 1);
    }

    @Override
    public Topic topic() {
        return Topic.USE_CASES;
    }

    @Override
    public String kind() {
        return "revised";
    }

    @Override
    public String key() {
        return useCase.name();
    }

    @Override
    public String correlation() {
        return useCase.name() + "/" + revision;
    }
}
