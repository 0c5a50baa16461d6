package dev.orrery.cli.bench;

import dev.orrery.cli.platform.Part;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// A stage of a row's way, where its processor time is seen, and what it does that can be measured alone.
enum Stage {
    UPLOAD("upload and scan", run -> run.upload().of(Part.INGEST), "FastCSV"),
    PUBLISH(
            "publish",
            run -> run.whole().of(Part.INGEST) - run.upload().of(Part.INGEST),
            "FastCSV",
            "encode blocks",
            "produce"),
    JUDGE(
            "judge",
            run -> run.validation().of("validation-judg") + run.validation().of("kafka-producer-"),
            "consume",
            "decode blocks",
            "encode blocks",
            "produce"),
    STAGE("stage", run -> run.validation().of("validation-stag"), "consume", "decode blocks", "Parquet"),
    COMMIT("commit", run -> run.validation().of("committer"), "Iceberg commit"),
    AROUND(
            "validation's JVM",
            run -> run.whole().of(Part.VALIDATION)
                    - JUDGE.cpuSeconds.applyAsDouble(run)
                    - STAGE.cpuSeconds.applyAsDouble(run)
                    - COMMIT.cpuSeconds.applyAsDouble(run)),
    BROKER("broker", run -> run.whole().of(Part.KAFKA), "broker", "broker"),
    REST(
            "everything else",
            run -> run.whole().total()
                    - run.whole().of(Part.INGEST)
                    - run.whole().of(Part.VALIDATION)
                    - run.whole().of(Part.KAFKA));

    private final String title;
    private final ToDoubleFunction<BatchRun> cpuSeconds;
    private final List<String> parts;

    Stage(String title, ToDoubleFunction<BatchRun> cpuSeconds, String... parts) {
        this.title = title;
        this.cpuSeconds = cpuSeconds;
        this.parts = List.of(parts);
    }

    /// What a stage cost, microseconds per row.
    ///
    /// @param ceiling what its parts cost alone; null where it has none
    record Cost(String stage, double cpuMicros, Double ceiling) {}

    static List<Cost> costs(BatchRun run, Ceilings ceilings) {
        Function<Stage, Cost> cost = stage -> new Cost(
                stage.title,
                run.perRow(stage.cpuSeconds.applyAsDouble(run)),
                stage.parts.isEmpty()
                        ? null
                        : stage.parts.stream().mapToDouble(ceilings::cpuMicros).sum());
        return Arrays.stream(values()).map(cost).toList();
    }
}
