package dev.orrery.cli.topic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints a topic for people and for jq.
@Command(
        name = "cat",
        description = {
            "Print a topic as JSON, a line for each event and for each row of a block.",
            "Each line says where it lies (topic, partition, offset, time, type, key). An event has its 'data'; a row"
                    + " has what its 'block' says, and the 'row' with its cells by name. Personal values are masked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery topic cat batches",
            "  ./orrery topic cat predictions --follow | jq -c .row.outputs",
            "  ./orrery topic cat records.rejected --limit 3 | jq .row.reasons",
            "  ./orrery topic cat records.ingested.dlq | jq .dead_letter.reason"
        })
final class TopicCatCommand implements Runnable {

    private static final List<Topic> TELLING = List.of(Topic.SCHEMAS, Topic.USE_CASES);

    @Parameters(
            paramLabel = "TOPIC",
            description = "In full or short: records.ingested, predictions; with .dlq its dead letters.")
    private String topic;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "Stop after N lines.")
    private Long limit;

    @Mixin
    private BrokerOption broker;

    private long printed;

    @Override
    public void run() {
        if (limit != null && limit < 1) {
            throw new Failure("--limit %d: at least one line is printed".formatted(limit));
        }
        String name = TopicNames.resolve(topic);
        String bootstrap = broker.address();
        Lines lines = new Lines(new PersonalColumns(() -> told(bootstrap)), System.err::println);
        printed = 0;
        try (TopicTail tail = new TopicTail(bootstrap, name)) {
            if (follow) {
                tail.follow(record -> print(record, lines));
            } else {
                tail.read(record -> print(record, lines));
            }
        }
    }

    /// @return whether more is wanted: not when there is enough, nor when nobody reads any more
    private boolean print(ConsumerRecord<String, byte[]> record, Lines lines) {
        if (record != null) {
            lines.of(record, this::print);
        }
        return isWanted() && !System.out.checkError();
    }

    private void print(ObjectNode line) {
        if (isWanted()) {
            PrintStream out = System.out;
            out.println(Json.text(line));
            printed++;
        }
    }

    private boolean isWanted() {
        return limit == null || printed < limit;
    }

    /// What tells which columns are personal; the newest of each key is last.
    private static List<Event> told(String bootstrap) {
        List<Event> told = new ArrayList<>();
        for (Topic telling : TELLING) {
            try (TopicTail tail = new TopicTail(bootstrap, telling.title())) {
                tail.read(record -> {
                    try {
                        told.add(EventCodec.decode(record));
                    } catch (UnreadableEvent e) {
                        // Whose schema it is cannot be known either; what has none is masked whole.
                    }
                    return true;
                });
            }
        }
        return told;
    }
}
