package dev.orrery.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/// The broker as a process of its own: `BrokerProcess DATA PORT READY [PARTITIONS]`. Once the platform's topics exist,
/// its process number stands in the file READY. It stops cleanly on SIGTERM.
public final class BrokerProcess {

    private BrokerProcess() {}

    static void main(String[] args) {
        try {
            OptionalInt partitions =
                    Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).findFirst();
            run(Path.of(args[0]), Integer.parseInt(args[1]), Path.of(args[2]), partitions);
        } catch (Exception e) {
            e.printStackTrace();
            // The broker's own threads would keep a half-started process alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path data, int port, Path ready, OptionalInt partitions) throws Exception {
        Broker broker = Broker.start(data, port, Ports.free());
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        PlatformTopics.create("127.0.0.1:" + port, partitions, (short) 1);
        Files.writeString(ready, String.valueOf(ProcessHandle.current().pid()));
        broker.awaitStop();
    }
}
