package dev.orrery.cli.platform;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop all parts, in order. Data stays.")
final class DownCommand implements Runnable {

    @Mixin
    private HomeOption options;

    @Override
    public void run() {
        boolean stopped = new Shutdown(options.home(), System.out).run();
        System.out.println(stopped ? "Stopped." : "The platform is not running.");
    }
}
