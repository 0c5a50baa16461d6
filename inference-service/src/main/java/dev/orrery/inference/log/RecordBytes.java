package dev.orrery.inference.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A Kafka record as bytes on disk, envelope included: delivered late or twice, it is still the same event.
final class RecordBytes {

    private static final int ENVELOPE = 512;

    private RecordBytes() {}

    static byte[] write(ProducerRecord<String, byte[]> record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.value().length + ENVELOPE);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, record.topic());
            write(out, record.key());
            Header[] headers = record.headers().toArray();
            out.writeInt(headers.length);
            for (Header header : headers) {
                write(out, header.key());
                write(out, header.value());
            }
            write(out, record.value());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    static ProducerRecord<String, byte[]> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String topic = text(in);
            String key = text(in);
            RecordHeaders headers = new RecordHeaders();
            for (int left = in.readInt(); left > 0; left--) {
                headers.add(text(in), bytes(in));
            }
            return new ProducerRecord<>(topic, null, key, bytes(in), headers);
        } catch (IOException e) {
            throw new UncheckedIOException("a record on disk is not one of ours", e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
