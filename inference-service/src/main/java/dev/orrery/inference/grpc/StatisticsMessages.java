package dev.orrery.inference.grpc;

import dev.orrery.inference.protocol.ModelStatistics;
import dev.orrery.inference.protocol.ModelStatistics.Duration;
import dev.orrery.inference.protocol.ModelStatistics.InferenceStats;
import dev.orrery.inference.protocol.ModelStatistics.OfVersion;
import dev.orrery.inference.protocol.Statistics;
import jakarta.inject.Singleton;

/// Triton's statistics extension, in messages.
@Singleton
class StatisticsMessages {

    private final Statistics statistics;

    StatisticsMessages(Statistics statistics) {
        this.statistics = statistics;
    }

    WireWriter answer(WireReader message) {
        ModelName model = ModelName.read(message);
        ModelStatistics told = model.name().isEmpty() ? statistics.all() : statistics.of(model.name(), model.version());
        WireWriter answer = new WireWriter();
        told.modelStats().forEach(version -> answer.message(1, version(version)));
        return answer;
    }

    private static WireWriter version(OfVersion version) {
        return new WireWriter()
                .text(1, version.name())
                .text(2, version.version())
                .number(3, version.lastInference())
                .number(4, version.inferenceCount())
                .number(5, version.executionCount())
                .message(6, stats(version.inferenceStats()));
    }

    private static WireWriter stats(InferenceStats stats) {
        return new WireWriter()
                .message(1, duration(stats.success()))
                .message(2, duration(stats.fail()))
                .message(3, duration(stats.queue()))
                .message(4, duration(stats.computeInput()))
                .message(5, duration(stats.computeInfer()))
                .message(6, duration(stats.computeOutput()))
                .message(7, duration(stats.cacheHit()))
                .message(8, duration(stats.cacheMiss()));
    }

    private static WireWriter duration(Duration duration) {
        return new WireWriter().number(1, duration.count()).number(2, duration.ns());
    }
}
