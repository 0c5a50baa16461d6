package dev.orrery.inference.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Json;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Values;
import java.util.Map;

/// The protocol's request about one row, with the datatypes that the model's metadata names.
final class TensorsOfRow {

    private TensorsOfRow() {}

    /// @param row typed values; a missing value is absent
    static byte[] body(ModelCard card, Map<String, Object> row) {
        ObjectNode request = Json.MAPPER.createObjectNode();
        ArrayNode inputs = request.putArray("inputs");
        for (Input input : card.inputs()) {
            ObjectNode tensor = inputs.addObject();
            tensor.put("name", input.name());
            tensor.putArray("shape").add(1).add(1);
            tensor.put("datatype", ModelMetadata.datatype(input).name());
            tensor.putArray("data").addPOJO(element(input, row.get(input.name())));
        }
        return Json.bytes(request);
    }

    private static Object element(Input input, Object value) {
        return switch (input.type()) {
            case BOOLEAN, DATE, TIMESTAMP -> value == null ? null : (Object) Values.number(input, value);
            case NUMBER, INTEGER, CATEGORY, TEXT -> value;
        };
    }
}
