package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Part;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.registry.usecase.UseCases;
import dev.orrery.registry.usecase.UseCases.Current;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Whether slots can be wished for at an endpoint at all, before anything is examined.
@ApplicationScoped
class SlotWishes {

    private final UseCases useCases;
    private final Examiner examiner;

    SlotWishes(UseCases useCases, Examiner examiner) {
        this.useCases = useCases;
        this.examiner = examiner;
    }

    /// The use case whose endpoint it is.
    ///
    /// @throws Invalid with everything that is wrong with the slots
    Current require(String endpoint, List<? extends Part> slots) {
        if (slots.isEmpty()) {
            throw new Invalid(
                    "There are no slots; DELETE /v1/deployments/%s lets nothing run any more.".formatted(endpoint));
        }
        List<Fault> faults = new ArrayList<>();
        Current useCase = null;
        for (int place = 0; place < slots.size(); place++) {
            Part slot = slots.get(place);
            Optional<Current> owner = slot.model() == null ? Optional.empty() : useCases.ofModel(slot.model());
            fault(endpoint, slot, owner).ifPresent(add(faults, slots, place));
            useCase = owner.orElse(useCase);
        }
        faults.addAll(DeploymentChanged.faults(slots));
        if (!faults.isEmpty()) {
            throw new Invalid(
                    "The slots of endpoint '%s' cannot be: %s."
                            .formatted(
                                    endpoint,
                                    faults.stream().map(Fault::message).collect(Collectors.joining("; "))),
                    faults.stream()
                            .map(fault -> new FieldError("/slots" + fault.place(), fault.message()))
                            .toList());
        }
        return useCase;
    }

    private static Consumer<String> add(List<Fault> faults, List<? extends Part> slots, int place) {
        return message -> faults.add(new Fault(
                "/" + place,
                "slot %d (%s): %s".formatted(place + 1, slots.get(place).words(), message)));
    }

    private Optional<String> fault(String endpoint, Part slot, Optional<Current> owner) {
        if (slot.model() == null) {
            return Optional.of("it names no model");
        }
        if (owner.isEmpty()) {
            return Optional.of("its model belongs to no use case, so it has no endpoint");
        }
        String its = owner.get().useCase().endpoint();
        if (!its.equals(endpoint)) {
            return Optional.of("its model belongs to use case '%s', whose endpoint is '%s'"
                    .formatted(owner.get().useCase().name(), its));
        }
        try {
            examiner.files(slot.model(), slot.version());
            return Optional.empty();
        } catch (NotFound _) {
            return Optional.of("there is no such version");
        }
    }
}
