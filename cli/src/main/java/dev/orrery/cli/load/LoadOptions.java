package dev.orrery.cli.load;

import dev.orrery.cli.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What a load is to be.
final class LoadOptions {

    @Option(names = "--endpoint", paramLabel = "E", description = "Whom to ask, e.g. --endpoint churn")
    String endpoint;

    @Option(names = "--rate", paramLabel = "R", description = "So many requests a second, answered or not.")
    Double rate;

    @Option(names = "--users", paramLabel = "N", description = "So many who each wait for an answer.")
    Integer users;

    @Option(
            names = "--arrivals",
            paramLabel = "KIND",
            description = "poisson, as strangers come, or constant. Default: ${DEFAULT-VALUE}")
    Kind arrivals = Kind.POISSON;

    @Option(
            names = "--duration",
            paramLabel = "D",
            converter = Span.class,
            description = "How long it is measured, e.g. 90s or 5m. Default: 30s; 10s a step")
    Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "D",
            converter = Span.class,
            description = "How long the same load goes on before. Default: 10s; 3s a step")
    Duration warmUp;

    @Option(
            names = "--protocol",
            paramLabel = "P",
            description = "rest, binary, grpc, rows or matrix. Default: ${DEFAULT-VALUE}")
    Protocol protocol = Protocol.REST;

    @Option(names = "--batch", paramLabel = "B", description = "Rows in a request. Default: ${DEFAULT-VALUE}")
    int batch = 1;

    @Option(names = "--data", paramLabel = "FILE", description = "CSV to take the rows of; else they are made up.")
    Path data;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Requests under way at most, with --rate. Default: ${DEFAULT-VALUE}")
    int connections = 64;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Span.class,
            description = "How long an answer may take. Default: 10s")
    Duration timeout = Duration.ofSeconds(10);

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "Where the service speaks gRPC. Default: ten above its other port")
    Integer grpcPort;

    @Option(names = "--repeat", paramLabel = "N", description = "The same so many times, for --compare.")
    int repeat = 1;

    @Option(names = "--ramp", description = "Raise the rate step by step, from --rate (100) until beyond the knee.")
    boolean ramp;

    @Option(names = "--find-max", description = "Search the highest rate that keeps what --p99 promises.")
    boolean findMax;

    @Option(
            names = "--p99",
            paramLabel = "D",
            converter = Span.class,
            description = "The latency that 99 of 100 requests may have, with --find-max, e.g. 20ms.")
    Duration p99;

    @Option(
            names = "--self-check",
            description = "Ask a server that answers at once the same, to see what the generator adds.")
    boolean selfCheck;

    /// How requests with a rate come.
    enum Kind {
        POISSON,
        CONSTANT
    }

    /// A length of time as people write it.
    static final class Span implements ITypeConverter<Duration> {

        private static final java.util.regex.Pattern FORM = java.util.regex.Pattern.compile("(\\d+)(us|ms|s|m|h)");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!form.matches()) {
                throw new TypeConversionException("'%s' is no length of time: write 500ms, 30s or 5m".formatted(text));
            }
            long number = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "us" -> Duration.ofNanos(number * 1_000);
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }

    /// @throws Failure saying what does not fit together
    void check() {
        require(endpoint != null, "--endpoint says whom to ask, e.g. ./orrery load --endpoint churn --rate 100");
        require(!(ramp && findMax), "--ramp and --find-max are two loads; ask for one of them");
        boolean steps = ramp || findMax;
        require(steps || rate != null || users != null, "say how much: --rate 100 requests a second, or --users 32");
        require(rate == null || users == null, "--rate and --users exclude each other");
        require(!steps || users == null, "--ramp and --find-max try rates; leave --users out");
        require(rate == null || rate > 0 && rate <= 1e6, "--rate is requests a second, above 0");
        require(users == null || users > 0, "--users is at least 1");
        require(
                findMax == (p99 != null),
                "--find-max needs a promise, as in --find-max --p99 20ms, and --p99 needs it");
        require(batch > 0 && connections > 0 && repeat > 0, "--batch, --connections and --repeat are at least 1");
        require(duration().compareTo(Duration.ofSeconds(1)) >= 0, "--duration is at least 1s");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new Failure(otherwise);
        }
    }

    Duration duration() {
        return duration != null ? duration : Duration.ofSeconds(ramp || findMax ? 10 : 30);
    }

    Duration warmUp() {
        return warmUp != null ? warmUp : Duration.ofSeconds(ramp || findMax ? 3 : 10);
    }

    Pattern pattern(double rate) {
        return new Pattern.Open(rate, arrivals == Kind.CONSTANT);
    }
}
