package dev.orrery.registry.run;

import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.MlflowError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;

/// What runs measured. Points only come, they never change; the same point twice is one.
@ApplicationScoped
class Metrics {

    /// One point.
    @Schema(name = "MlflowMetric")
    record Metric(String key, double value, long timestamp, long step) {

        static Metric of(Fields fields) {
            long timestamp = fields.requiredInt64("timestamp");
            if (timestamp < 0) {
                throw MlflowError.invalid(
                        "Invalid value %d for parameter 'timestamp': it must not be below 0.", timestamp);
            }
            return new Metric(
                    Keys.key(fields.required("key")),
                    fields.requiredDouble("value"),
                    timestamp,
                    fields.int64("step").orElse(0L));
        }

        private static Metric of(Tuple row) {
            return new Metric(
                    row.get("key", String.class),
                    row.get("value", Double.class),
                    row.get("at_ms", Long.class),
                    row.get("step", Long.class));
        }
    }

    private final EntityManager database;

    Metrics(EntityManager database) {
        this.database = database;
    }

    void add(Run run, List<Metric> points) {
        database.unwrap(Session.class).doWork(connection -> {
            String sql = "INSERT INTO run_metric (run_id, key, value, at_ms, step) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (Metric point : points) {
                    insert.setString(1, run.id);
                    insert.setString(2, point.key());
                    insert.setDouble(3, point.value());
                    insert.setLong(4, point.timestamp());
                    insert.setLong(5, point.step());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /// The newest point of each metric of each run.
    Map<String, List<Metric>> latest(Collection<String> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        Stream<Tuple> rows = rows(database.createNativeQuery("""
                        SELECT DISTINCT ON (run_id, key) run_id, key, value, at_ms, step FROM run_metric
                        WHERE run_id IN (:runs) ORDER BY run_id, key, step DESC, at_ms DESC, value DESC""", Tuple.class)
                .setParameter("runs", runs)
                .getResultList());
        return rows.collect(Collectors.groupingBy(
                row -> row.get("run_id", String.class), Collectors.mapping(Metric::of, Collectors.toList())));
    }

    /// All points of one metric, oldest first. An unknown run or metric has none.
    Page<Metric> history(String run, String key, PageRequest request) {
        Stream<Tuple> rows = rows(database.createNativeQuery("""
                        SELECT key, value, at_ms, step FROM run_metric
                        WHERE run_id = :run AND key = :key
                        AND (at_ms, step, value) > (:at, :step, CAST(:value AS double precision))
                        ORDER BY at_ms, step, value""", Tuple.class)
                .setParameter("run", run)
                .setParameter("key", key)
                .setParameter("at", request.number(0, Long.MIN_VALUE))
                .setParameter("step", request.number(1, Long.MIN_VALUE))
                .setParameter("value", request.text(2, "-Infinity"))
                .setMaxResults(request.toRead())
                .getResultList());
        return Page.of(request, rows.map(Metric::of).toList(), Metrics::position);
    }

    private static List<String> position(Metric metric) {
        return List.of(
                String.valueOf(metric.timestamp()), String.valueOf(metric.step()), String.valueOf(metric.value()));
    }

    private static Stream<Tuple> rows(List<?> result) {
        return result.stream().map(Tuple.class::cast);
    }
}
