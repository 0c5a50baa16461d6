package dev.orrery.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Wait;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Usage;
import dev.orrery.contracts.Json;
import dev.orrery.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a prediction costs.
@Command(
        name = "inference",
        description = {
            "Predictions per second and processor time per prediction, one row over HTTP, with broker and log.",
            "Beside it: fixed bytes over HTTP, the same service without its log, the scorer alone."
        })
final class InferenceBench implements Runnable {

    private static final int FEWEST_COLUMNS = 4;
    private static final List<String> RECIPES = List.of("logistic-regression", "gradient-boosting");
    private static final int PATIENCE_SECONDS = 120;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    @Mixin
    private BenchOptions options;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each load. Default: ${DEFAULT-VALUE}")
    private int seconds = 15;

    @Option(names = "--connections", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private int connections = 32;

    @Option(names = "--columns", paramLabel = "C", description = "At least 4. Default: ${DEFAULT-VALUE}")
    private int columns = 20;

    /// What was asked of whom.
    ///
    /// @param answered     together with what warmed it up
    /// @param cpuMicros    of who answered, per request
    /// @param brokerMicros of the broker meanwhile, per request
    record Served(String path, Load.Result load, long answered, double cpuMicros, double brokerMicros) {}

    /// @param paths    the platform's own service, by recipe
    /// @param record   what the topic tells of them
    /// @param unlogged the last of them again, by a second instance that keeps no log
    /// @param bare     fixed bytes over HTTP
    /// @param ceilings the parts of the last path alone
    record Measured(
            int columns,
            int connections,
            List<Served> paths,
            OnRecord.Count record,
            Served unlogged,
            Served bare,
            List<Ceilings.Ceiling> ceilings) {

        /// Requests per second beside those of fixed bytes, by path.
        @JsonProperty
        List<Double> ratios() {
            return paths.stream()
                    .map(path -> path.load().perSecond() / bare.load().perSecond())
                    .toList();
        }

        /// What the log takes of the service, microseconds per prediction.
        @JsonProperty
        double logMicros() {
            return paths.getLast().cpuMicros() - unlogged.cpuMicros();
        }
    }

    @Override
    public void run() {
        if (seconds < 1 || connections < 1 || columns < FEWEST_COLUMNS) {
            throw new Failure("--seconds and --connections must be at least 1, --columns at least " + FEWEST_COLUMNS);
        }
        InferenceTables.print(options.story(), options.run("inference", this::measure));
    }

    private Measured measure(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        BenchModels models = new BenchModels(platform, columns, scratch.file("rows.csv"), options.story());
        List<Served> paths = new ArrayList<>();
        OnRecord.Count record = served(platform, models, paths);
        options.story().tell("The same without the log …");
        Served unlogged = unlogged(platform, scratch, models.request());
        options.story().tell("What the parts cost alone …");
        List<Ceilings.Ceiling> ceilings = new ArrayList<>();
        Served bare = bare(platform, models, ceilings);
        return new Measured(columns, connections, paths, record, unlogged, bare, ceilings);
    }

    private OnRecord.Count served(Platform platform, BenchModels models, List<Served> paths) throws IOException {
        try (OnRecord record = new OnRecord(platform)) {
            for (String recipe : RECIPES) {
                models.serve(recipe);
                options.story().tell("%s answers for %d s …", recipe, 2 * seconds);
                URI address = infer(platform.url(Part.INFERENCE));
                paths.add(load(
                        recipe,
                        address,
                        models.request(),
                        platform,
                        () -> Usage.of(platform).of(Part.INFERENCE) * MICROS_PER_SECOND));
            }
            return record.of(paths.stream().mapToLong(Served::answered).sum());
        }
    }

    private Served unlogged(Platform platform, Scratch scratch, String request)
            throws IOException, InterruptedException {
        int port = Ports.free();
        Process service = platform.second(
                        Part.INFERENCE,
                        Map.of(
                                "QUARKUS_HTTP_PORT",
                                String.valueOf(port),
                                "ORRERY_STATE",
                                scratch.file("second").toString(),
                                "ORRERY_PREDICTION_LOG_QUEUE",
                                "0"))
                .redirectErrorStream(true)
                .redirectOutput(scratch.file("second.log").toFile())
                .start();
        try {
            URI address = infer(URI.create("http://127.0.0.1:" + port));
            Load once = new Load(address, request, 1);
            Wait.seconds(PATIENCE_SECONDS, "the second instance")
                    .until(() -> once.tried().refused() == 0, answers -> answers);
            return load("without the log", address, request, platform, () -> cpuMicros(service));
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private Served bare(Platform platform, BenchModels models, List<Ceilings.Ceiling> ceilings)
            throws IOException, InterruptedException {
        int port = Ports.free();
        List<String> given = List.of(
                "inference",
                "port=" + port,
                "seconds=" + seconds,
                "model=" + models.file("model.onnx"),
                "card=" + models.file("card.json"));
        Process program = platform.beside(Ceilings.MODULE, Ceilings.PROGRAM, Part.INFERENCE, given)
                .start();
        URI address = infer(URI.create("http://127.0.0.1:" + port));
        Load once = new Load(address, models.request(), 1);
        Wait.seconds(PATIENCE_SECONDS, "the bare answer")
                .until(() -> once.tried().refused() == 0, answers -> answers);
        Served bare = load("fixed bytes", address, models.request(), platform, () -> cpuMicros(program));
        program.getOutputStream().close();
        ceilings.addAll(Json.MAPPER.readValue(
                program.getInputStream().readAllBytes(), new TypeReference<List<Ceilings.Ceiling>>() {}));
        return bare;
    }

    /// The first half warms up.
    private Served load(String name, URI address, String request, Platform platform, DoubleSupplier cpuMicros)
            throws IOException {
        Load load = new Load(address, request, connections);
        long warmUp = load.run(seconds).answered();
        double before = cpuMicros.getAsDouble();
        double broker = Usage.of(platform).of(Part.KAFKA);
        Load.Result result = load.run(seconds);
        double answered = result.answered();
        return new Served(
                name,
                result,
                warmUp + result.answered(),
                (cpuMicros.getAsDouble() - before) / answered,
                (Usage.of(platform).of(Part.KAFKA) - broker) * MICROS_PER_SECOND / answered);
    }

    private static URI infer(URI service) {
        return service.resolve("/v2/models/%s/infer".formatted(BenchModels.NAME));
    }

    private static double cpuMicros(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS_PER_MICRO;
    }
}
