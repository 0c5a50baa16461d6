package dev.orrery.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Table;
import dev.orrery.cli.platform.JsonOption;
import dev.orrery.cli.platform.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What answers where.
@Command(
        name = "endpoints",
        description = "Show what answers at each endpoint, and what is on its way there, by version.")
public final class EndpointsCommand implements Runnable {

    private static final int WORDS = 60;

    @Mixin
    private Target target;

    @Mixin
    private JsonOption json;

    @Override
    public void run() {
        try {
            JsonNode endpoints = Services.of(target.running()).inference().endpoints();
            if (json.asked()) {
                json.print(endpoints);
            } else {
                System.out.println(endpoints.isEmpty() ? "Nothing is deployed." : table(endpoints));
            }
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    static Table table(JsonNode endpoints) {
        Table table = new Table("endpoint", "revision", "role", "version", "share", "engine", "rows scored", "state");
        for (JsonNode endpoint : endpoints) {
            rows(table, endpoint, endpoint, "answers");
            JsonNode pending = endpoint.path("pending");
            rows(
                    table,
                    endpoint,
                    pending,
                    pending.hasNonNull("retry_at") || !pending.has("failure") ? "comes" : "refused");
        }
        return table;
    }

    private static void rows(Table table, JsonNode endpoint, JsonNode deployment, String state) {
        for (JsonNode slot : deployment.path("slots")) {
            table.row(
                    endpoint.path("endpoint").asText(),
                    deployment.path("revision").asLong(),
                    slot.path("role").asText(),
                    slot.path("model").asText() + " " + slot.path("version").asInt(),
                    slot.path("share").asInt() + " %",
                    slot.path("engine").path("kind").asText("-"),
                    slot.has("scored") ? slot.path("scored").asLong() : null,
                    slot.hasNonNull("failure")
                            ? state + ": " + cut(slot.path("failure").asText())
                            : state);
        }
    }

    private static String cut(String text) {
        return text.length() <= WORDS ? text : text.substring(0, WORDS - 1) + "…";
    }
}
