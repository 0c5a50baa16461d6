package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Topic;
import dev.orrery.embedded.Broker;
import dev.orrery.embedded.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The topic commands against a broker.
class TopicIT {

    @TempDir
    private static Path folder;

    private static Broker broker;
    private static String bootstrap;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free();
        broker = Broker.start(folder.resolve("kafka"), port, Ports.free());
        bootstrap = "127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private record Outcome(int code, String output, String errors) {}

    @Test
    void topics_of_rows_get_the_partitions_asked_for_and_keep_them() throws Exception {
        assertThat(run("topic", "create", "--bootstrap", bootstrap, "--partitions", "2")
                        .output())
                .contains("created " + Topic.RECORDS_INGESTED.title());

        assertThat(run("topic", "create", "--bootstrap", bootstrap).output()).contains("0 topics created");
        Outcome other = run("topic", "create", "--bootstrap", bootstrap, "--partitions", "3");

        assertThat(other.code()).isEqualTo(1);
        assertThat(other.errors()).contains("the topics of rows have 2 partitions");
        assertThat(partitions(Topic.RECORDS_INGESTED)).isEqualTo(2);
        assertThat(partitions(Topic.PREDICTIONS)).isEqualTo(2);
        assertThat(partitions(Topic.BATCHES)).isEqualTo(1);
        deleteOne(Topic.PREDICTIONS);
        assertThat(run("topic", "create", "--bootstrap", bootstrap).output()).contains("1 topics created");
        assertThat(partitions(Topic.PREDICTIONS)).isEqualTo(2);
    }

    private static int partitions(Topic topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic.title()))
                    .allTopicNames()
                    .get()
                    .get(topic.title())
                    .partitions()
                    .size();
        }
    }

    private static void deleteOne(Topic topic) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic.title())).all().get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    private static Outcome run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        StringWriter errors = new StringWriter();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            CommandLine orrery = Orrery.commandLine().setErr(new PrintWriter(errors, true));
            int code = orrery.execute(arguments);
            return new Outcome(code, output.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }
}
