package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.lake.Lake;
import dev.orrery.testing.Platform;
import dev.orrery.validation.Instance;
import dev.orrery.validation.Instances;
import dev.orrery.validation.Ships;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.dataset.Committer;
import dev.orrery.validation.loop.Attempts;
import dev.orrery.validation.loop.OtherLoops;
import dev.orrery.validation.loop.RecordLoops;
import dev.orrery.validation.schema.Schemas;
import dev.orrery.validation.staging.Ledger;
import dev.orrery.validation.staging.OtherStaging;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class TwoInstancesTest {

    private static final List<String> GROUPS = List.of("validation-judging", "validation-staging");

    @Inject
    KafkaClients clients;

    @Inject
    Attempts attempts;

    @Inject
    Failures failures;

    @Inject
    ProcessEnd end;

    @Inject
    Batches batches;

    @Inject
    Schemas schemas;

    @Inject
    VerdictMetrics metrics;

    @Inject
    TallyBook book;

    @Inject
    Ledger ledger;

    @Inject
    Lake lake;

    @Inject
    Committer committer;

    @TempDir
    Path folder;

    private RecordLoops other;

    @AfterEach
    void stop() {
        GROUPS.forEach(other::stop);
    }

    @Test
    void two_instances_share_the_partitions_and_lose_or_double_no_row_when_one_comes_or_goes() {
        String dataset = Ships.dataset("two-instances");
        String coming = Ships.batch();
        Ships.publish(Ships.rows(dataset, coming, 300).subList(0, 150));

        startAnother();
        Ships.publish(Ships.rows(dataset, coming, 300).subList(150, 300));
        Ships.await().until(() -> membersWithPartitions() == 2 * GROUPS.size());
        Ships.publish(Ships.ends(dataset, coming, 300));
        assertWhole(dataset, coming, 300);

        String going = Ships.batch();
        Ships.publish(Ships.rows(dataset, going, 300).subList(0, 150));
        stop();
        Ships.publish(Ships.rows(dataset, going, 300).subList(150, 300));
        Ships.publish(Ships.ends(dataset, going, 300));
        assertWhole(dataset, going, 300);
    }

    private void startAnother() {
        Instance instance = Instances.in(folder);
        other = OtherLoops.of(instance, clients, attempts, failures, end);
        new RecordsConsumer(other, clients, instance, new PinnedSchemas(batches, schemas), batches, metrics, book)
                .onStart(null);
        OtherStaging.start(other, ledger, lake, schemas, clients, failures, committer);
    }

    private long membersWithPartitions() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(clients.settings())) {
            return admin.describeConsumerGroups(GROUPS).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }
    }

    private static void assertWhole(String dataset, String batch, int rows) {
        JsonPath report = Ships.decided(batch);
        assertThat(report.getString("state")).isEqualTo("accepted");
        assertThat(report.getInt("validated")).isEqualTo(rows - rows / 10);
        assertThat(report.getInt("rejected")).isEqualTo(rows / 10);
        assertThat(Ships.rows(dataset, report.getInt("dataset_version")).stream()
                        .map(row -> row.get("crew"))
                        .distinct())
                .hasSize(rows - rows / 10);
    }
}
