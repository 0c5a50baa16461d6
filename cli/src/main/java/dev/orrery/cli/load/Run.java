package dev.orrery.cli.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// What came of a load while it was measured.
///
/// @param length       seconds
/// @param answered     good answers
/// @param failed       requests that were due and have none
/// @param perSecond    good answers
/// @param latency      from when a request should have been sent, those without an answer in time with what they waited
/// @param afterSending from when it was sent
/// @param lateness     how late requests were sent over connections that were free: the instrument's own error
/// @param faults       of those that failed, by kind
/// @param examples     what was seen first of each kind
public record Run(
        double length,
        long answered,
        long failed,
        double perSecond,
        Latency latency,
        Latency afterSending,
        Latency lateness,
        Map<String, Long> faults,
        Map<String, String> examples,
        List<Second> seconds) {

    /// Requests that were due in one second.
    ///
    /// @param histogram all their latencies in nanoseconds, compressed as HdrHistogram does, in Base64
    public record Second(int at, long answered, long failed, double p50, double p99, double max, String histogram) {

        static Second of(int at, Recording.Second second) {
            return new Second(
                    at,
                    second.good,
                    second.failed,
                    Latency.micros(second.latencies, 0.5),
                    Latency.micros(second.latencies, 0.99),
                    Latency.micros(second.latencies, 1),
                    encoded(second.latencies));
        }

        Histogram latencies() {
            try {
                return Histogram.decodeFromCompressedByteBuffer(
                        ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
            } catch (DataFormatException e) {
                throw new IllegalArgumentException("second %d has no histogram that can be read".formatted(at), e);
            }
        }

        private static String encoded(Histogram histogram) {
            ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            int length = histogram.encodeIntoCompressedByteBuffer(bytes);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
        }
    }

    public Run {
        faults = Map.copyOf(faults);
        examples = Map.copyOf(examples);
        seconds = List.copyOf(seconds);
    }

    static Run of(Recording recording) {
        List<Second> seconds = new ArrayList<>();
        for (Recording.Second second : recording.seconds()) {
            seconds.add(Second.of(seconds.size(), second));
        }
        long answered =
                recording.seconds().stream().mapToLong(second -> second.good).sum();
        return new Run(
                recording.length(),
                answered,
                recording.seconds().stream().mapToLong(second -> second.failed).sum(),
                answered / recording.length(),
                Latency.of(recording.latencies()),
                Latency.of(recording.afterSending()),
                Latency.of(recording.lateness()),
                recording.faults(),
                recording.examples(),
                seconds);
    }

    /// Of all requests that were due, those that failed; 0 to 1.
    public double failedShare() {
        return answered + failed == 0 ? 0 : (double) failed / (answered + failed);
    }
}
