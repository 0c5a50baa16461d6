package dev.orrery.registry.usecase;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import java.time.Duration;

/// The file that a person writes, read strictly: whatever is not understood is an error that says where and what was
/// probably meant.
final class UseCaseFile {

    private static final ObjectMapper STRICT = Json.configure(new ObjectMapper())
            .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationText()))
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    private UseCaseFile() {}

    /// @param name what the use case must be called
    /// @throws FileProblem naming the line
    static UseCase parse(String name, String text, boolean json) {
        Document document = Document.parse(text, json);
        if (!document.root().isObject()) {
            throw new FileProblem(1, "a use case is a file of sections, as in 'name: churn', and this is not");
        }
        KnownKeys.require(document);
        UseCase useCase = read(document);
        if (!useCase.name().equals(name)) {
            throw new FileProblem(
                    document.line(JsonPointer.compile("/name")),
                    "the file's name is '%s' and it was put to '%s'; the two must agree"
                            .formatted(useCase.name(), name));
        }
        return useCase;
    }

    private static UseCase read(Document document) {
        try {
            return STRICT.treeToValue(document.root(), UseCase.class);
        } catch (JsonMappingException e) {
            throw Complaint.of(e, document, pointer(e));
        } catch (JsonProcessingException e) {
            throw new FileProblem(1, e.getOriginalMessage());
        }
    }

    private static JsonPointer pointer(JsonMappingException e) {
        JsonPointer pointer = JsonPointer.empty();
        for (Reference step : e.getPath()) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer;
    }
}
