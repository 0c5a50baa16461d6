package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonPointer;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.usecase.UseCase;
import java.util.Optional;

/// The file that a person writes, read strictly: whatever is not understood is a mistake that says where and what was
/// probably meant.
///
/// @param useCase  what it says; empty when that cannot be told for its mistakes
/// @param mistakes all that is wrong with it so far; others may be added before somebody asks for them
record UseCaseFile(String name, String source, Optional<UseCase> useCase, Mistakes mistakes) {

    /// @param name what the use case must be called
    /// @throws FileProblem for a text that has no sections to look at
    static UseCaseFile parse(String name, String source, boolean json) {
        Document document = Document.parse(source, json);
        if (!document.root().isObject()) {
            throw new FileProblem(1, "a use case is a file of sections, as in 'name: churn', and this is not");
        }
        Mistakes mistakes = new Mistakes(document);
        Optional<UseCase> useCase = new Reading(document, mistakes).useCase();
        String written = document.root().path("name").asText(name);
        if (!written.equals(name) && Names.fault("use case", written).isEmpty()) {
            mistakes.add(
                    JsonPointer.compile("/name"),
                    "the file's name is '%s' and it was put to '%s'; the two must agree".formatted(written, name));
        }
        return new UseCaseFile(name, source, useCase, mistakes);
    }

    /// What the file says.
    ///
    /// @throws FileProblem when anything is wrong with it
    UseCase require() {
        mistakes.require();
        return useCase.orElseThrow();
    }
}
