package dev.orrery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.bench.BenchModels.Kind;
import dev.orrery.cli.load.Protocol;
import dev.orrery.cli.load.Sample;
import dev.orrery.cli.load.Wire;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a prediction costs.
@Command(
        name = "inference",
        description = {
            "The service in its modes beside fixed bytes over the same HTTP, in turns, as ratios; and its models alone,"
                    + " as plain Java and in ONNX Runtime.",
            "A logistic regression of numbers, and 150 trees of depth 4 of numbers and words."
        })
final class InferenceBench implements Runnable {

    private static final int FEWEST_INPUTS = 2;
    private static final String SAMPLE = "ORRERY_PREDICTION_LOG_SAMPLE";
    private static final String ONE_PERCENT = "1%";
    private static final String HARDLY_ANY = "0.0001%";

    @Mixin
    private BenchOptions options;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each load. Default: ${DEFAULT-VALUE}")
    private int seconds = 5;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is asked. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(names = "--connections", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int connections = 32;

    @Option(names = "--columns", paramLabel = "C", description = "Of a model, 2 at least. Default: ${DEFAULT-VALUE}")
    private int columns = 45;

    @Option(
            names = "--minute",
            paramLabel = "N",
            description = "How long a cold instance is asked, in seconds. Default: ${DEFAULT-VALUE}")
    private int minute = 60;

    /// @param inputs      of each model
    /// @param modes       all beside fixed bytes
    /// @param halves      latency at half the highest rate, by model
    /// @param allocations bytes per request, by who answered
    /// @param coldStarts  how soon a new instance is as fast as it will be, by model
    /// @param record      what the topic tells of those predictions that were all logged
    /// @param engines     the models alone, by endpoint
    record Measured(
            int inputs,
            int connections,
            int seconds,
            int rounds,
            List<Duel.Result> modes,
            List<HalfRate> halves,
            List<Allocation> allocations,
            List<ColdStart> coldStarts,
            OnRecord.Count record,
            Map<String, List<Ceilings.Ceiling>> engines) {}

    /// @param overBare bytes above those of fixed bytes
    record Allocation(String who, double bytes, double overBare) {}

    @Override
    public void run() {
        if (seconds < 1 || rounds < 1 || connections < 1 || columns < FEWEST_INPUTS || minute < 1) {
            throw new Failure("--seconds, --rounds, --connections and --minute must be at least 1, --columns at least "
                    + FEWEST_INPUTS);
        }
        InferenceTables.print(options.story(), options.run("inference", this::measure));
    }

    private Measured measure(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        BenchModels models = new BenchModels(platform, columns, scratch, options.story());
        Map<Kind, Sample> samples = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            options.story().tell("Training %s …", kind.endpoint());
            samples.put(kind, models.serve(kind));
        }
        List<ColdStart> cold = coldStarts(platform, scratch, samples);
        try (Answerer bare = Answerer.bare(platform);
                Answerer sampled = Answerer.service(platform, scratch, "log-1-percent", Map.of(SAMPLE, ONE_PERCENT));
                Answerer logged = Answerer.service(platform, scratch, "log-all", Map.of());
                Answerer unlogged = Answerer.service(platform, scratch, "log-none", Map.of(SAMPLE, HARDLY_ANY));
                OnRecord record = new OnRecord(platform)) {
            List<Duel> duels = duels(samples, bare, sampled, logged, unlogged);
            String instance = awaitAll(samples, List.of(bare, sampled, logged, unlogged), logged);
            List<Duel.Result> modes = new Duels(duels, connections, seconds, rounds, options.story()).fight();
            return new Measured(
                    columns,
                    connections,
                    seconds,
                    rounds,
                    modes,
                    halves(duels, modes),
                    allocations(duels.getFirst()),
                    cold,
                    record.of(instance, answered(modes, logged) + Kind.values().length),
                    engines(platform, models));
        }
    }

    private List<Duel> duels(
            Map<Kind, Sample> samples, Answerer bare, Answerer sampled, Answerer logged, Answerer unlogged) {
        List<Duel> duels = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Wire rest = wire(samples, kind, Protocol.REST, 1);
            duels.add(new Duel("one row, 1 % logged", kind, sampled, rest, bare, rest));
            duels.add(new Duel("one row, all logged", kind, logged, rest, bare, rest));
            duels.add(new Duel("one row, hardly any", kind, unlogged, rest, bare, rest));
            if (kind == Kind.LOGISTIC) {
                Wire matrix = wire(samples, kind, Protocol.MATRIX, 1);
                duels.add(new Duel("one row as matrix", kind, sampled, matrix, bare, matrix));
            }
            Wire batch = wire(samples, kind, Protocol.REST, 16);
            duels.add(new Duel("batch 16", kind, sampled, batch, bare, batch));
            Wire rows = wire(samples, kind, Protocol.ROWS, 1);
            duels.add(new Duel("row of JSON", kind, sampled, rows, bare, rows));
            Wire binary = wire(samples, kind, Protocol.BINARY, 1);
            duels.add(new Duel("binary", kind, sampled, binary, bare, binary));
            duels.add(new Duel("gRPC beside REST", kind, sampled, wire(samples, kind, Protocol.GRPC, 1), bare, rest));
        }
        return duels;
    }

    private static Wire wire(Map<Kind, Sample> samples, Kind kind, Protocol protocol, int batch) {
        InetSocketAddress later = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return protocol.wire(later, kind.endpoint(), samples.get(kind), batch);
    }

    /// @return what the one that logs everything calls itself
    private String awaitAll(Map<Kind, Sample> samples, List<Answerer> all, Answerer logged) {
        String instance = null;
        for (Kind kind : Kind.values()) {
            Wire rest = wire(samples, kind, Protocol.REST, 1);
            for (Answerer each : all) {
                JsonNode answer =
                        each.awaitAnswer(rest.path(), rest.bodies().getFirst().bytes());
                if (each == logged) {
                    instance = OnRecord.instance(answer);
                }
            }
        }
        return instance;
    }

    private static long answered(List<Duel.Result> modes, Answerer logged) {
        return modes.stream()
                .filter(mode -> mode.who().equals(logged.name()))
                .mapToLong(Duel.Result::answered)
                .sum();
    }

    private List<HalfRate> halves(List<Duel> duels, List<Duel.Result> modes) {
        options.story().tell("Latency at half the highest rate …");
        List<HalfRate> halves = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < duels.size(); i++) {
                if (duels.get(i).kind() == kind) {
                    double rate = modes.get(i).perSecond() / 2;
                    halves.add(HalfRate.measure(duels.get(i), rate, seconds, rounds));
                    break;
                }
            }
        }
        return halves;
    }

    private List<Allocation> allocations(Duel duel) {
        options.story().tell("What is allocated …");
        double bare = allocated(duel.bare(), duel.bareWire());
        double service = allocated(duel.service(), duel.wire());
        return List.of(
                new Allocation(duel.bare().name(), bare, 0),
                new Allocation(duel.service().name(), service, service - bare));
    }

    private double allocated(Answerer answerer, Wire wire) {
        long before = Allocated.by(answerer.process().pid());
        long answered = answerer.ask(wire, connections, seconds).answered();
        return (double) (Allocated.by(answerer.process().pid()) - before) / answered;
    }

    private List<ColdStart> coldStarts(Platform platform, Scratch scratch, Map<Kind, Sample> samples)
            throws IOException {
        List<ColdStart> starts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            options.story().tell("A new instance answers %s for %d s …", kind.endpoint(), minute);
            try (Answerer fresh =
                    Answerer.service(platform, scratch, "cold-" + kind.endpoint(), Map.of(SAMPLE, ONE_PERCENT))) {
                Wire rest = wire(samples, kind, Protocol.REST, 1);
                fresh.awaitAnswer(rest.path(), rest.bodies().getFirst().bytes());
                starts.add(ColdStart.of(kind.endpoint(), fresh.ask(rest, connections, minute)));
            }
        }
        return starts;
    }

    private Map<String, List<Ceilings.Ceiling>> engines(Platform platform, BenchModels models)
            throws IOException, InterruptedException {
        options.story().tell("The models alone …");
        Map<String, List<Ceilings.Ceiling>> engines = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            List<String> given = new ArrayList<>(List.of(
                    "model=" + models.file(kind, "model.onnx"),
                    "card=" + models.file(kind, "card.json"),
                    "seconds=1",
                    "inputs=" + columns));
            if (kind == Kind.TREES) {
                given.add("trees=" + Kind.TREES_IN_FOREST);
                given.add("depth=" + Kind.LEVELS);
            }
            engines.put(
                    kind.endpoint(),
                    Ceilings.measure(platform, Part.INFERENCE, "inference", given)
                            .all());
        }
        return engines;
    }
}
