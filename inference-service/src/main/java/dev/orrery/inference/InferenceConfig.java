package dev.orrery.inference;

import dev.orrery.inference.log.Share;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What can be set, all below `orrery.`.
@ConfigMapping(prefix = "orrery")
public interface InferenceConfig {

    /// The folder of this instance's files: deployments that it serves, and predictions that Kafka has not taken yet.
    /// No two instances may share one.
    Path state();

    /// The Base64 secret that turns personal keys into pseudonyms, the same in every service.
    String subjectKey();

    /// Bytes that the body of one request may have: 10,000 rows of some 25 columns each. Rows of a job are no part of
    /// it.
    @WithDefault("8M")
    MemorySize maxBody();

    /// Rows that one request may carry.
    @WithDefault("10000")
    int maxRows();

    ExplanationConfig explanation();

    RolloutConfig rollout();

    ShadowConfig shadow();

    PredictionLogConfig predictionLog();

    AdmissionConfig admission();

    GrpcConfig grpc();

    /// How much is taken on at once.
    interface AdmissionConfig {
        /// How long a request may wait before it is looked at; when all wait longer, some are turned away.
        @WithDefault("20ms")
        Duration target();

        /// How long they may all wait longer than that.
        @WithDefault("100ms")
        Duration standing();

        /// So many requests at once on one event loop are never too many.
        @WithDefault("32")
        int few();

        /// Large requests (those of more than 16 KiB) that are answered at once.
        @WithDefault("2")
        int largeAtOnce();

        /// Large requests that wait or are answered; those beyond are turned away.
        @WithDefault("64")
        int largeWaiting();

        /// Bytes that the bodies of those may have together.
        @WithDefault("32M")
        MemorySize largeBytes();

        /// How long a large request waits for its turn unless it says how long.
        @WithDefault("10s")
        Duration largePatience();
    }

    /// The gRPC port, on the same address as HTTP.
    interface GrpcConfig {
        /// 0 for none.
        @WithDefault("8095")
        int port();

        /// Bytes that one message may have.
        @WithDefault("8M")
        MemorySize maxMessage();

        /// Connections; those beyond are closed at once.
        @WithDefault("2000")
        int connections();

        /// Calls under way on one connection.
        @WithDefault("100")
        int streams();

        /// How long nothing may move on a connection.
        @WithDefault("5m")
        Duration idle();
    }

    /// What explaining may cost.
    interface ExplanationConfig {
        /// Rows that one request may have explained.
        @WithDefault("100")
        int maxRows();

        /// Values, rows times the model's columns, that one request may have explained; one row it always may.
        @WithDefault("20000")
        int maxValues();

        /// Requests that are explained side by side; others wait.
        @WithDefault("2")
        int atOnce();

        /// How long a request waits for its turn before it is refused.
        @WithDefault("10s")
        Duration patience();
    }

    /// How a new deployment is brought into service.
    interface RolloutConfig {
        /// How long one file may take to come.
        @WithDefault("60s")
        Duration downloadTimeout();

        /// The pause after a first failure that may pass; it doubles with each further one.
        @WithDefault("1s")
        Duration retryAfter();

        /// The longest pause between two attempts.
        @WithDefault("1m")
        Duration retryAtMost();

        /// Requests about their golden rows that the first versions answer before they take others, so that nobody
        /// waits for the compiler.
        @WithDefault("10000")
        int warmUp();

        /// The same for each version after them, which finds most of it compiled.
        @WithDefault("50")
        int warmUpLater();

        /// How long a version is asked its golden rows at most.
        @WithDefault("2s")
        Duration warmUpAtMost();

        /// Packages that are fetched side by side.
        @WithDefault("8")
        int downloadsAtOnce();

        /// Models that are loaded side by side.
        @WithDefault("2")
        int loadsAtOnce();

        /// How long an endpoint is kept, and answers, after the deployments topic named it last.
        @WithDefault("30d")
        Duration keepUnnamed();

        /// How long a model that ended the process three times is not tried again.
        @WithDefault("30d")
        Duration keepSetAside();
    }

    /// How shadows are asked.
    interface ShadowConfig {
        /// Rows that may wait for shadows; those beyond are dropped and counted.
        @WithDefault("10000")
        int queue();
    }

    /// How predictions reach Kafka.
    interface PredictionLogConfig {
        /// Predictions that may wait in memory for the disk; those beyond are dropped and counted.
        @WithDefault("40000")
        int queue();

        /// Bytes that may wait on disk for Kafka; predictions beyond are dropped and counted.
        @WithDefault("256M")
        MemorySize spool();

        /// The share of predictions that is logged, such as `1%`. What failed or was refused always is.
        @WithDefault("100%")
        Share sample();

        /// The same for single endpoints, by their names.
        Map<String, Share> sampleOf();

        /// While Kafka takes nothing, how often what waits on disk is made safe from a power failure.
        @WithDefault("1s")
        Duration syncEvery();

        /// How long Kafka has to take or refuse a batch, how long a stopping service waits for it, and how long a
        /// large request waits for room in memory before it is refused.
        @WithDefault("5s")
        Duration patience();
    }
}
