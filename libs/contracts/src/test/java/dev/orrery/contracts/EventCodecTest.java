package dev.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.NotUnderstood;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.event.UnreadableEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    static Stream<Event> events() {
        return Samples.events();
    }

    @Test
    void every_kind_of_event_has_a_sample_here() {
        Set<Class<?>> sampled = Samples.events().map(Object::getClass).collect(Collectors.toSet());

        assertThat(sampled).isEqualTo(kinds(Event.class).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_keeps_the_json_that_others_already_read(Event event) throws IOException {
        JsonNode written = Json.MAPPER.readTree(Json.bytes(event));

        assertThat(written.toPrettyString()).isEqualTo(golden(event).toPrettyString());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void a_block_keeps_the_bytes_that_others_already_read(Block block) throws IOException {
        assertThat(block.encoded().data()).isEqualTo(golden(block, "avro"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void a_block_that_is_cut_short_anywhere_is_refused_and_harms_nobody(Block block) {
        ProducerRecord<String, byte[]> record = EventCodec.encode("test-service", block);

        for (int length = 0; length < record.value().length; length++) {
            byte[] part = Arrays.copyOf(record.value(), length);
            assertThatThrownBy(() -> EventCodec.decode(record.headers(), part)).isInstanceOf(UnreadableEvent.class);
        }
        byte[] more = Arrays.copyOf(record.value(), record.value().length + 1);
        assertThatThrownBy(() -> EventCodec.decode(record.headers(), more)).isInstanceOf(UnreadableEvent.class);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void a_block_with_a_damaged_byte_is_read_or_refused_and_never_takes_more_memory_than_it_has(Block block) {
        ProducerRecord<String, byte[]> record = EventCodec.encode("test-service", block);

        for (int place = 0; place < record.value().length; place++) {
            for (int damage : new int[] {0x01, 0x80, 0xFF}) {
                byte[] damaged = record.value().clone();
                damaged[place] ^= (byte) damage;
                assertThat(readOrRefuse(record, damaged)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_comes_back_as_it_was_sent(Event event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode("test-service", event);

        assertThat(EventCodec.decode(record.headers(), record.value())).isEqualTo(event);
        assertThat(record.topic()).isEqualTo(event.topic().title());
        assertThat(record.key()).isEqualTo(event.key());
    }

    @Test
    void the_envelope_is_cloud_events_with_a_trace_shared_by_what_belongs_together() {
        var first = EventCodec.encode("test-service", new IngestEnded("ships", "b-1", 0, 1, 2));
        var second = EventCodec.encode("test-service", new IngestEnded("ships", "b-1", 1, 1, 2));

        assertThat(header(first, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(first, "ce_type")).isEqualTo("orrery.records.ingested.v2.end");
        assertThat(header(first, "ce_source")).isEqualTo("/test-service");
        assertThat(header(first, "ce_subject")).isEqualTo("b-1");
        assertThat(header(first, "ce_id")).isNotEqualTo(header(second, "ce_id"));
        assertThat(header(first, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(header(first, "traceparent").substring(0, 35))
                .isEqualTo(header(second, "traceparent").substring(0, 35));
        assertThat(second.partition()).isEqualTo(1);
    }

    @Test
    void a_word_that_only_a_newer_version_knows_is_told_by_name() {
        var event = EventCodec.encode("test-service", new SchemaActivated("ships", 2, Samples.schema(), 3, NOW));
        byte[] newer = replaced(event.value(), "\"type\":\"number\"", "\"type\":\"vector\"");

        assertThatThrownBy(() -> EventCodec.decode(event.headers(), newer))
                .isInstanceOf(NotUnderstood.class)
                .hasMessage("column type 'vector' is not known here: it needs a newer version");
    }

    @Test
    void a_deployment_with_a_role_that_only_a_newer_version_knows_is_read_all_the_same() {
        var slot = new DeploymentChanged.Slot("ships", 1, Role.CHAMPION, 100, "http://registry/p", Map.of());
        var shadow = new DeploymentChanged.Slot("ships", 2, Role.SHADOW, 20, "http://registry/p", Map.of());
        var event = EventCodec.encode(
                "test-service", new DeploymentChanged("berths", 5, "ships", List.of(slot, shadow), NOW));
        byte[] newer = replaced(event.value(), "shadow", "mirror");

        var read = (DeploymentChanged) EventCodec.decode(event.headers(), newer);

        assertThat(read.slots()).extracting(DeploymentChanged.Slot::role).containsExactly(Role.CHAMPION, Role.UNKNOWN);
    }

    private static byte[] replaced(byte[] json, String said, String says) {
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(text).contains(said);
        return text.replace(said, says).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_no_event_is_refused_by_name() {
        var headers = new RecordHeaders();
        headers.add("ce_type", "orrery.records.ingested.v2.end".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> EventCodec.decode(new RecordHeaders(), new byte[0]))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("ce_type");
        assertThatThrownBy(() -> EventCodec.decode(headers, "{not json".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("orrery.records.ingested.v2.end");
        assertThatThrownBy(() -> EventCodec.decode(headers, "{\"dataset\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> EventCodec.decode(headers, "null".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> EventCodec.decode(headers, null)).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> EventCodec.decode(new RecordHeaders().add("ce_type", null), new byte[0]))
                .isInstanceOf(UnreadableEvent.class);
    }

    static Stream<Event> blocks() {
        return Samples.events().filter(Block.class::isInstance);
    }

    private static boolean readOrRefuse(ProducerRecord<String, byte[]> record, byte[] data) {
        try {
            return EventCodec.decode(record.headers(), data) instanceof Block;
        } catch (UnreadableEvent refused) {
            return refused.getMessage() != null;
        }
    }

    private static Stream<Class<?>> kinds(Class<?> sealed) {
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(EventCodecTest::kinds)
                : Stream.of(sealed);
    }

    private static JsonNode golden(Event event) throws IOException {
        return Json.MAPPER.readTree(golden(event, "json"));
    }

    private static byte[] golden(Event event, String form) throws IOException {
        String file = "/golden/%s.%s".formatted(event.type(), form);
        try (InputStream stream = EventCodecTest.class.getResourceAsStream(file)) {
            assertThat(stream).as("golden file %s", file).isNotNull();
            return stream.readAllBytes();
        }
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
