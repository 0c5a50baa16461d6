package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonPointer;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Problem.FieldError;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Everything that is wrong with a file, in the order of its lines. The same thing found twice is told once.
final class Mistakes {

    private record Mistake(int line, String message) {}

    private final Document document;
    private final SortedSet<Mistake> found =
            new TreeSet<>(Comparator.comparingInt(Mistake::line).thenComparing(Mistake::message));

    Mistakes(Document document) {
        this.document = document;
    }

    void add(JsonPointer at, String message) {
        found.add(new Mistake(document.line(at), message));
    }

    /// @param at where the value lies in which the faults are
    void addAll(JsonPointer at, List<Fault> faults) {
        faults.forEach(fault -> add(at.append(JsonPointer.compile(fault.place())), fault.message()));
    }

    /// @throws FileProblem when anything is wrong
    void require() {
        if (!found.isEmpty()) {
            throw new FileProblem(found.stream()
                    .map(mistake -> new FieldError("line " + mistake.line(), mistake.message()))
                    .toList());
        }
    }
}
