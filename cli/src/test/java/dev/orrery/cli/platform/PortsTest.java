package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void an_offset_moves_every_port() {
        assertThat(Ports.standard(1000).each()).containsEntry(Part.INGEST, 9081).containsEntry(Part.KAFKA, 10_092);
    }

    @Test
    void a_named_part_takes_the_named_port_and_the_others_stay() {
        Ports ports = Ports.standard(0).with(Map.of("ingest", 9999, "inference-service", 9998));

        assertThat(ports.of(Part.INGEST)).isEqualTo(9999);
        assertThat(ports.of(Part.INFERENCE)).isEqualTo(9998);
        assertThat(ports.of(Part.TRAINING)).isEqualTo(8084);
    }

    @Test
    void an_unknown_part_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Ports.standard(0).with(Map.of("ingset", 1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no 'ingset'")
                .hasMessageContaining("data-ingest-service");
    }

    @Test
    void a_port_outside_the_range_is_refused() {
        assertThatThrownBy(() -> Ports.standard(60_000))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("65535");
    }

    @Test
    void two_parts_cannot_have_the_same_port() {
        Ports ports = Ports.free().with(Map.of("ingest", 9999, "training", 9999));

        assertThatThrownBy(() -> ports.requireFree(port -> Optional.empty()))
                .isInstanceOf(Failure.class)
                .hasMessage("port 9999 is asked for twice, by data-ingest-service and model-training-service");
    }

    @Test
    void free_ports_are_all_different_and_free() {
        Ports ports = Ports.free();

        assertThat(ports.each().values()).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void a_taken_port_is_refused_with_its_holder_and_the_way_out() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.free().with(Map.of("registry", taken.getLocalPort()));

            assertThatThrownBy(() -> ports.requireFree(PortHolder::describe))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(
                            "port %d for model-registry-service is taken by process %d (",
                            taken.getLocalPort(), ProcessHandle.current().pid())
                    .hasMessageContaining("--port-offset");
        }
    }

    @Test
    void the_port_for_grpc_is_looked_at_too() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.free().with(Map.of("inference", taken.getLocalPort() - 10));

            assertThat(ports.grpc()).isEqualTo(taken.getLocalPort());
            assertThatThrownBy(() -> ports.requireFree(PortHolder::describe))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(
                            "port %d for the gRPC of inference-service is taken by process", taken.getLocalPort());
        }
    }

    @Test
    void a_port_taken_on_all_addresses_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
            assertThat(PortHolder.find(taken.getLocalPort())).contains(ProcessHandle.current());
        }
    }
}
