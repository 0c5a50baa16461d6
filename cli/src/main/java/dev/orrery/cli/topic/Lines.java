package dev.orrery.cli.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Records as JSON. An event is one object: where it lies, then its `data`. A block is one object per row: where it
/// lies, what the `block` says of all its rows, and the `row`, its cells and outputs by name. What is personal is
/// masked; bytes that cannot be read are not shown at all, since they may hold anything.
final class Lines {

    private static final String MASK = "***";
    private static final String DEAD_LETTER = "dead-letter-";

    private final PersonalColumns personal;
    private final Consumer<String> notice;
    private final Set<String> noticed = new HashSet<>();

    /// @param notice takes what a person has to know about what is shown, each thing once
    Lines(PersonalColumns personal, Consumer<String> notice) {
        this.personal = personal;
        this.notice = notice;
    }

    /// Gives away the lines of a record.
    void of(ConsumerRecord<String, byte[]> record, Consumer<ObjectNode> line) {
        ObjectNode envelope = envelope(record);
        if (record.value() == null) {
            line.accept(envelope.putNull("data"));
            return;
        }
        Event event;
        try {
            event = EventCodec.decode(record);
        } catch (UnreadableEvent e) {
            line.accept(envelope.put("unreadable", e.getMessage()).put("bytes", record.value().length));
            return;
        }
        ObjectNode data = Json.MAPPER.valueToTree(event);
        if (event instanceof Block) {
            rows(envelope, data, line);
        } else {
            line.accept(envelope.set("data", data));
        }
    }

    private static ObjectNode envelope(ConsumerRecord<String, byte[]> record) {
        ObjectNode envelope = Json.MAPPER.createObjectNode();
        envelope.put("topic", record.topic());
        envelope.put("partition", record.partition());
        envelope.put("offset", record.offset());
        envelope.put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        text(record.headers().lastHeader("ce_type")).ifPresent(type -> envelope.put("type", type));
        envelope.put("key", record.key());
        for (Header header : record.headers()) {
            if (header.key().startsWith(DEAD_LETTER)) {
                envelope.withObjectProperty("dead_letter")
                        .put(
                                header.key().substring(DEAD_LETTER.length()).replace('-', '_'),
                                text(header).orElse(null));
            }
        }
        return envelope;
    }

    private static Optional<String> text(Header header) {
        return Optional.ofNullable(header).map(Header::value).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private void rows(ObjectNode envelope, ObjectNode data, Consumer<ObjectNode> line) {
        ObjectNode block = (ObjectNode) data.get("header");
        JsonNode columns = block.remove("columns");
        JsonNode outputs = block.remove("outputs");
        Set<String> masked = masked(block, columns);
        for (JsonNode item : data.get("rows")) {
            ObjectNode row = Json.MAPPER.createObjectNode();
            // A rejected row stands beside its reasons.
            if (item.get("row") instanceof ObjectNode inner) {
                row.setAll(inner);
            }
            row.setAll((ObjectNode) item);
            row.remove("row");
            row.set("cells", named(columns, row.get("cells"), masked));
            if (outputs != null) {
                row.set("outputs", named(outputs, row.get("outputs"), Set.of()));
            }
            maskReasons(row, masked);
            line.accept(envelope.deepCopy().<ObjectNode>set("block", block).set("row", row));
        }
    }

    private static ObjectNode named(JsonNode names, JsonNode values, Set<String> masked) {
        ObjectNode named = Json.MAPPER.createObjectNode();
        for (int i = 0; i < values.size(); i++) {
            String name = names.get(i).asText();
            if (masked.contains(name) && !values.get(i).isNull()) {
                named.put(name, MASK);
            } else {
                named.set(name, values.get(i));
            }
        }
        return named;
    }

    /// A reason may quote what it found.
    private static void maskReasons(ObjectNode row, Set<String> masked) {
        if (row.get("reasons") instanceof ArrayNode reasons) {
            for (JsonNode reason : reasons) {
                if (masked.contains(reason.path("column").asText())) {
                    ((ObjectNode) reason).put("message", MASK);
                }
            }
        }
    }

    /// Where nothing tells what is personal, everything may be.
    private Set<String> masked(ObjectNode block, JsonNode columns) {
        String dataset = block.path("dataset").asText(null);
        String useCase = block.path("use_case").asText(null);
        Optional<Set<String>> known = dataset != null
                ? personal.ofDataset(dataset)
                : Optional.ofNullable(useCase).flatMap(personal::ofUseCase);
        if (known.isEmpty()) {
            String whose = dataset != null ? "dataset '%s'".formatted(dataset) : "use case '%s'".formatted(useCase);
            if (noticed.add(whose)) {
                notice.accept("no schema tells which columns of %s are personal: all are masked".formatted(whose));
            }
            Set<String> all = new HashSet<>();
            columns.forEach(column -> all.add(column.asText()));
            return all;
        }
        return known.get();
    }
}
