package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print the end of a part's log.")
final class LogsCommand implements Runnable {

    @Mixin
    private HomeOption home;

    @Parameters(
            paramLabel = "SERVICE",
            description = "A part (ingest, kafka, inference-service, …), or 'platform' for the supervisor itself.")
    private String name;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is added, until Ctrl-C.")
    private boolean follow;

    @Override
    public void run() {
        Path log = home.home()
                .log(name.equals("platform") ? name : Part.named(name).title());
        if (Files.notExists(log)) {
            throw new Failure("there is no log yet: " + log);
        }
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            long end = file.size();
            System.out.println(LogFile.tail(log, lines));
            if (follow) {
                follow(log, end);
            }
        } catch (IOException e) {
            throw new Failure("cannot read %s: %s".formatted(log, Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// By name, and from the start when the file has become shorter: a log that has grown too long is cut.
    private static void follow(Path log, long from) throws IOException, InterruptedException {
        long position = from;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (!Thread.currentThread().isInterrupted()) {
            try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
                position = file.size() < position ? 0 : position;
                while (file.read(buffer.clear(), position) > 0) {
                    position += buffer.position();
                    System.out.write(buffer.array(), 0, buffer.position());
                }
            }
            System.out.flush();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
