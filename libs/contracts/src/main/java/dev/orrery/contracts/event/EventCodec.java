package dev.orrery.contracts.event;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Sha256;
import dev.orrery.contracts.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// How an event lies on a topic: JSON data, and a CloudEvents 1.0 envelope in the headers (binary mode) with a W3C
/// `traceparent`.
public final class EventCodec {

    private record Trace(String correlation, String id) {}

    private static final Map<String, Class<? extends Event>> TYPES = types();

    private static volatile Trace lastTrace = new Trace(null, null);

    private EventCodec() {}

    /// The event as a Kafka record.
    ///
    /// @param service who says it, such as `data-ingest-service`
    public static ProducerRecord<String, byte[]> encode(String service, Event event) {
        return new ProducerRecord<>(
                event.topic().title(), event.targetPartition(), event.key(), data(event), headers(service, event));
    }

    /// The event's JSON.
    public static byte[] data(Event event) {
        return Json.bytes(event);
    }

    /// The event in a Kafka record.
    ///
    /// @throws UnreadableEvent when the envelope or the data is not one of ours
    public static Event decode(ConsumerRecord<String, byte[]> record) {
        return decode(record.headers(), record.value());
    }

    /// The event in headers and data, for a reader that has no whole record.
    ///
    /// @throws UnreadableEvent when the envelope or the data is not one of ours
    public static Event decode(Headers headers, byte[] data) {
        Header type = headers.lastHeader("ce_type");
        if (type == null || type.value() == null) {
            throw new UnreadableEvent("no ce_type header", null);
        }
        String name = new String(type.value(), StandardCharsets.UTF_8);
        Class<? extends Event> known = TYPES.get(name);
        if (known == null) {
            throw new UnreadableEvent("unknown event type " + name, null);
        }
        try {
            Event event = Json.MAPPER.readValue(data, known);
            if (event == null) {
                throw new UnreadableEvent("no data for a " + name, null);
            }
            return event;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableEvent("not a " + name, e);
        }
    }

    private static Headers headers(String service, Event event) {
        Headers headers = new RecordHeaders();
        add(headers, "content-type", "application/json");
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", UUID.randomUUID().toString());
        add(headers, "ce_type", event.type());
        add(headers, "ce_source", "/" + service);
        add(headers, "ce_subject", event.key());
        add(headers, "ce_time", Instant.now().toString());
        add(headers, "traceparent", traceparent(event.correlation()));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /// The trace id is the correlation's digest, so that services share a trace without handing it on. What comes one
    /// after the other mostly belongs together, so the digest of the one before is remembered.
    private static String traceparent(String correlation) {
        Trace last = lastTrace;
        if (!correlation.equals(last.correlation())) {
            last = new Trace(correlation, Sha256.of(correlation).substring(0, 32));
            lastTrace = last;
        }
        String trace = last.id();
        long span = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return "00-%s-%s-01".formatted(trace, HexFormat.of().toHexDigits(span));
    }

    private static Map<String, Class<? extends Event>> types() {
        Map<String, Class<? extends Event>> types = new HashMap<>();
        register(types, Topic.USE_CASES, UseCaseRevised.class, "revised");
        register(types, Topic.SCHEMAS, SchemaActivated.class, "activated");
        register(types, Topic.RECORDS_INGESTED, RowIngested.class, "row");
        register(types, Topic.RECORDS_INGESTED, IngestEnded.class, "end");
        register(types, Topic.RECORDS_VALIDATED, RowValidated.class, "row");
        register(types, Topic.RECORDS_VALIDATED, ValidationEnded.class, "end");
        register(types, Topic.RECORDS_REJECTED, RowRejected.class, "row");
        register(types, Topic.BATCHES, BatchMoved.class, "published", "validated", "accepted", "quarantined", "failed");
        register(types, Topic.DATASET_VERSIONS, DatasetVersionCreated.class, "created");
        register(types, Topic.TRAINING_REQUESTS, TrainingRequested.class, "requested");
        register(types, Topic.MODEL_VERSIONS, ModelVersionChanged.class, "changed");
        register(types, Topic.DEPLOYMENTS, DeploymentChanged.class, "changed");
        register(types, Topic.PREDICTIONS, PredictionMade.class, "made", "failed");
        register(types, Topic.EVALUATIONS, EvaluationClosed.class, "closed");
        register(types, Topic.ALERTS, AlertChanged.class, "opened", "escalated", "resolved");
        return Map.copyOf(types);
    }

    private static void register(
            Map<String, Class<? extends Event>> types, Topic topic, Class<? extends Event> event, String... kinds) {
        for (String kind : kinds) {
            types.put(topic.title() + "." + kind, event);
        }
    }
}
