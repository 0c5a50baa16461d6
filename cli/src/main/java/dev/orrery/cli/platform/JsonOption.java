package dev.orrery.cli.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import java.io.UncheckedIOException;
import picocli.CommandLine.Option;

/// For a command that prints facts: the same as JSON, for programs.
public final class JsonOption {

    @Option(names = "--json", description = "Print JSON instead.")
    private boolean asked;

    public boolean asked() {
        return asked;
    }

    public void print(Object facts) {
        try {
            System.out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(facts));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
