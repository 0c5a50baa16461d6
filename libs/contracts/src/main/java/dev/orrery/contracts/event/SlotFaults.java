package dev.orrery.contracts.event;

import dev.orrery.contracts.event.DeploymentChanged.Part;
import dev.orrery.contracts.problem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is wrong with the slots of a deployment, each fault at its slot and by its name.
final class SlotFaults {

    private static final int WHOLE = 100;

    private record Version(String model, int version) {}

    private final List<? extends Part> slots;
    private final List<Fault> faults = new ArrayList<>();

    private SlotFaults(List<? extends Part> slots) {
        this.slots = slots;
    }

    static List<Fault> of(List<? extends Part> slots) {
        SlotFaults found = new SlotFaults(slots);
        found.roles();
        found.shares();
        found.twice();
        return found.faults;
    }

    private void roles() {
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.get(slot).role() == Role.UNKNOWN) {
                add(slot, "/role", "its role is not known; champion, canary and shadow are");
            }
        }
        List<? extends Part> champions = of(Role.CHAMPION);
        if (champions.size() != 1) {
            String found = champions.isEmpty() ? "none has it" : names(champions) + " have it";
            faults.add(new Fault("", "exactly one slot must have the role champion, and " + found));
        }
    }

    private void shares() {
        int answering = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            Part part = slots.get(slot);
            int most = part.role() == Role.CANARY ? WHOLE - 1 : WHOLE;
            if (part.share() < 1 || part.share() > most) {
                add(slot, "/share", "a share of %d %% is not possible, 1 to %d are".formatted(part.share(), most));
            }
            answering += part.role() == Role.SHADOW ? 0 : part.share();
        }
        if (answering != WHOLE) {
            faults.add(new Fault(
                    "",
                    "the shares of champion and canaries must add up to 100, and they make %d".formatted(answering)));
        }
    }

    private void twice() {
        Set<Version> seen = new HashSet<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            Part part = slots.get(slot);
            if (!seen.add(new Version(part.model(), part.version()))) {
                add(slot, "", "the same version has a slot before it; it can have one");
            }
        }
    }

    private List<? extends Part> of(Role role) {
        return slots.stream().filter(slot -> slot.role() == role).toList();
    }

    private static String names(List<? extends Part> parts) {
        return parts.stream()
                .map(part -> "%s %d".formatted(part.model(), part.version()))
                .collect(Collectors.joining(" and "));
    }

    private void add(int slot, String place, String message) {
        faults.add(new Fault(
                "/%d%s".formatted(slot, place),
                "slot %d (%s): %s".formatted(slot + 1, slots.get(slot).words(), message)));
    }
}
