package dev.orrery.monitoring.monitor;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.alert.Alerts;
import dev.orrery.monitoring.count.SecondInstance;
import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two instances of the stream share the partitions, and two sets of meters one database.
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class SeveralInstancesConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int WINDOW = 500;

    @Inject
    Alerts alerts;

    @Inject
    Deployments deployments;

    @Inject
    SecondInstance second;

    private final SimpleMeterRegistry ofTheOther = new SimpleMeterRegistry();

    @Test
    void each_says_the_same_of_every_series_whoever_counts_it_and_wherever_it_moves() {
        MonitorMeters other = new MonitorMeters(ofTheOther, alerts, deployments);
        List<Endpoint> endpoints =
                IntStream.range(0, 6).mapToObj(i -> endpoint("twin-" + i)).toList();
        World world = new World(21);
        for (int i = 0; i < endpoints.size(); i++) {
            Registry.offer("twin-" + i, 1, world.profile());
        }

        predict(endpoints, world, 300);
        awaitTotals(other, 300, 0);
        try (SecondInstance.Running running = second.start()) {
            await().atMost(PATIENCE).until(() -> running.partitions() > 0);
            predict(endpoints, world, 300);
            awaitTotals(other, 600, 1);
        }
        predict(endpoints, world, 100);
        awaitTotals(other, 700, 1);

        endpoints.getFirst().deploy(1, 2);
        await().atMost(PATIENCE).untilAsserted(() -> {
            QuarkusTransaction.requiringNew().run(other::refresh);
            assertThat(metrics()).doesNotContain("endpoint=\"twin-0\",version=\"1\"");
            assertThat(ofTheOther
                            .find("orrery.drift.psi")
                            .tag("endpoint", "twin-0")
                            .gauges())
                    .isEmpty();
            assertThat(ofTheOther
                            .find("orrery.drift.psi")
                            .tag("endpoint", "twin-1")
                            .gauges())
                    .hasSize(12);
        });
    }

    private void awaitTotals(MonitorMeters other, int predictions, int windows) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            QuarkusTransaction.requiringNew().run(other::refresh);
            String metrics = metrics();
            for (int i = 0; i < 6; i++) {
                String name = "twin-" + i;
                assertThat(metrics)
                        .contains("orrery_monitor_predictions_total{endpoint=\"%s\",version=\"1\"} %d.0"
                                .formatted(name, predictions));
                assertThat(counted("orrery.monitor.predictions", name)).isEqualTo(predictions);
                assertThat(counted("orrery.monitor.windows", name)).isEqualTo(windows);
            }
        });
    }

    private double counted(String meter, String endpoint) {
        return ofTheOther.find(meter).tag("endpoint", endpoint).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private static Endpoint endpoint(String name) {
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(1, WINDOW, Duration.ofMinutes(10));
        return endpoint;
    }

    private static void predict(List<Endpoint> endpoints, World world, int count) {
        endpoints.forEach(endpoint -> endpoint.predict(1, world, count));
    }

    private static String metrics() {
        return when().get("/q/metrics").then().extract().asString();
    }
}
