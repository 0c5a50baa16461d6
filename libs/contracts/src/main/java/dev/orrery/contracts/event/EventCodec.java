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

/// How an event lies on a topic: JSON data, or Avro where it is a block, and a CloudEvents 1.0 envelope in the headers
/// (binary mode) with a W3C `traceparent`.
public final class EventCodec {

    /// Reads the data of one type of event.
    @FunctionalInterface
    private interface Reader {
        Event read(byte[] data) throws IOException;
    }

    private record Trace(String correlation, String id) {}

    private static final String JSON = "application/json";
    private static final String AVRO = "application/avro";

    private static final Map<String, Reader> TYPES = types();

    private static volatile Trace lastTrace = new Trace(null, null);

    private EventCodec() {}

    /// The event as a Kafka record.
    ///
    /// @param service who says it, such as `data-ingest-service`
    public static ProducerRecord<String, byte[]> encode(String service, Event event) {
        if (event instanceof Block block) {
            return encode(service, block.encoded(), null);
        }
        Headers headers = headers(service, JSON, event.type(), event.key(), event.correlation());
        return new ProducerRecord<>(event.topic().title(), event.targetPartition(), event.key(), data(event), headers);
    }

    /// The block as a Kafka record.
    ///
    /// @param service   who says it
    /// @param partition where all its rows belong; null where its key says so
    public static ProducerRecord<String, byte[]> encode(String service, EncodedBlock block, Integer partition) {
        String type = block.topic().title() + "." + block.kind();
        Headers headers = headers(service, AVRO, type, block.key(), block.correlation());
        return new ProducerRecord<>(block.topic().title(), partition, block.key(), block.data(), headers);
    }

    /// The event's data: JSON, or the Avro of a block.
    public static byte[] data(Event event) {
        return event instanceof Block block ? block.encoded().data() : Json.bytes(event);
    }

    /// The event in a Kafka record.
    ///
    /// @throws NotUnderstood   when it says something that only a newer version knows
    /// @throws UnreadableEvent when the envelope or the data is not one of ours
    public static Event decode(ConsumerRecord<String, byte[]> record) {
        return decode(record.headers(), record.value());
    }

    /// The event in headers and data, for a reader that has no whole record.
    ///
    /// @throws NotUnderstood   when it says something that only a newer version knows
    /// @throws UnreadableEvent when the envelope or the data is not one of ours
    public static Event decode(Headers headers, byte[] data) {
        String name = type(headers);
        Reader known = TYPES.get(name);
        if (known == null) {
            throw new UnreadableEvent("unknown event type " + name, null);
        }
        try {
            Event event = known.read(data);
            if (event == null) {
                throw new UnreadableEvent("no data for a " + name, null);
            }
            return event;
        } catch (IOException | IllegalArgumentException e) {
            throw NotUnderstood.because(e)
                    .<UnreadableEvent>map(newer -> newer)
                    .orElseGet(() -> new UnreadableEvent("not a " + name, e));
        }
    }

    /// What kind of event a record holds, as it says.
    ///
    /// @throws UnreadableEvent when it does not say
    public static String type(Headers headers) {
        Header type = headers.lastHeader("ce_type");
        if (type == null || type.value() == null) {
            throw new UnreadableEvent("no ce_type header", null);
        }
        return new String(type.value(), StandardCharsets.UTF_8);
    }

    private static Headers headers(
            String service, String contentType, String type, String subject, String correlation) {
        Headers headers = new RecordHeaders();
        add(headers, "content-type", contentType);
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", UUID.randomUUID().toString());
        add(headers, "ce_type", type);
        add(headers, "ce_source", "/" + service);
        add(headers, "ce_subject", subject);
        add(headers, "ce_time", Instant.now().toString());
        add(headers, "traceparent", traceparent(correlation));
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

    private static Map<String, Reader> types() {
        Map<String, Reader> types = new HashMap<>();
        register(types, Topic.RECORDS_INGESTED, RowsIngested::read, Block.KIND);
        register(types, Topic.RECORDS_VALIDATED, RowsValidated::read, Block.KIND);
        register(types, Topic.RECORDS_REJECTED, RowsRejected::read, Block.KIND);
        register(types, Topic.PREDICTIONS, PredictionsMade::read, Block.KIND);
        register(types, Topic.USE_CASES, UseCaseRevised.class, "revised");
        register(types, Topic.SCHEMAS, SchemaActivated.class, "activated");
        register(types, Topic.RECORDS_INGESTED, IngestEnded.class, "end");
        register(types, Topic.RECORDS_VALIDATED, ValidationEnded.class, "end");
        register(types, Topic.BATCHES, BatchMoved.class, "published", "validated", "accepted", "quarantined", "failed");
        register(types, Topic.DATASET_VERSIONS, DatasetVersionCreated.class, "created");
        register(types, Topic.TRAINING_REQUESTS, TrainingRequested.class, "requested");
        register(types, Topic.MODEL_VERSIONS, ModelVersionChanged.class, "changed");
        register(types, Topic.DEPLOYMENTS, DeploymentChanged.class, "changed");
        register(types, Topic.EVALUATIONS, EvaluationClosed.class, "closed");
        register(types, Topic.ALERTS, AlertChanged.class, "opened", "escalated", "resolved");
        return Map.copyOf(types);
    }

    private static void register(
            Map<String, Reader> types, Topic topic, Class<? extends Event> event, String... kinds) {
        register(types, topic, data -> Json.MAPPER.readValue(data, event), kinds);
    }

    private static void register(Map<String, Reader> types, Topic topic, Reader reader, String... kinds) {
        for (String kind : kinds) {
            types.put(topic.title() + "." + kind, reader);
        }
    }
}
