package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TargetTest {

    @Command
    private static final class Asking {

        @Mixin
        private Target target;
    }

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "http://example.org/", "example.org"})
    void a_platform_elsewhere_has_its_services_on_the_usual_ports_of_one_host(String address) {
        Platform platform = target("--at", address).running();

        assertThat(platform.url(Part.INGEST)).hasToString("http://example.org:8081");
        assertThat(platform.url(Part.MONITORING)).hasToString("http://example.org:8086");
        assertThat(platform.isLocal()).isFalse();
    }

    @Test
    void ports_that_differ_can_be_named() {
        Platform platform = target("--at", "https://[::1]", "--port-offset", "1000", "--port", "registry=443")
                .running();

        assertThat(platform.url(Part.INGEST)).hasToString("https://[::1]:9081");
        assertThat(platform.url(Part.REGISTRY)).hasToString("https://[::1]:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.org:8081", "http://example.org/registry", "ftp://example.org", "a b", "http://"})
    void what_is_no_host_is_refused_with_the_way_out(String address) {
        Target target = target("--at", address);

        assertThatThrownBy(target::running)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(address)
                .hasMessageContaining("--at http://HOST");
    }

    @Test
    void a_platform_elsewhere_is_not_ours_to_stop() {
        Platform platform = target("--at", "example.org").running();

        assertThatThrownBy(() -> platform.stop(System.out))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("http://example.org");
    }

    @Test
    void without_an_address_it_is_the_local_one_that_has_to_run() {
        Target target = target();

        assertThat(target.isElsewhere()).isFalse();
        assertThatThrownBy(target::running)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(home.toString())
                .hasMessageContaining("./orrery up");
    }

    private Target target(String... arguments) {
        Asking asking = new Asking();
        CommandLine line = new CommandLine(asking);
        line.parseArgs(arguments);
        if (arguments.length == 0) {
            line.parseArgs("--home", home.toString());
        }
        return asking.target;
    }
}
