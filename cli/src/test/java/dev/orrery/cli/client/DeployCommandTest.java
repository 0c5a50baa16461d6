package dev.orrery.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Registry.Deployment;
import dev.orrery.cli.client.StubService.Reply;
import dev.orrery.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployCommandTest {

    @Test
    void the_champion_gets_what_the_canaries_leave() {
        assertThat(DeployCommand.slots(
                        "churn:3", List.of("churn:4=10%", "churn:5=5"), List.of("other:1", "other:2=20%")))
                .containsExactly(
                        new WishedSlot("churn", 3, "champion", 85),
                        new WishedSlot("churn", 4, "canary", 10),
                        new WishedSlot("churn", 5, "canary", 5),
                        new WishedSlot("other", 1, "shadow", 100),
                        new WishedSlot("other", 2, "shadow", 20));
        assertThat(DeployCommand.slots("churn:3=70%", List.of("churn:4=10%"), List.of()))
                .first()
                .isEqualTo(new WishedSlot("churn", 3, "champion", 70));
    }

    @Test
    void what_is_no_version_or_has_no_share_is_told_with_the_form_that_is_wanted() {
        assertThatThrownBy(() -> DeployCommand.slots("churn", List.of(), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessage("--champion churn is not a version with its share, such as churn:4=10%");
        assertThatThrownBy(() -> DeployCommand.slots("churn:3", List.of("churn:4"), List.of()))
                .isInstanceOf(Failure.class)
                .hasMessage("--canary churn:4 has no share, such as churn:4=10%");
    }

    @Test
    void the_registry_is_asked_for_exactly_that() {
        List<String> asked = new ArrayList<>();
        String answer = "{\"endpoint\": \"churn\", \"revision\": 7, \"use_case\": \"churn\", \"slots\": ["
                + "{\"model\": \"churn\", \"version\": 3, \"role\": \"champion\", \"share\": 100, \"files\": {}}]}";
        try (StubService stub = StubService.replying((path, body) -> {
            asked.add(path + " " + body);
            return new Reply(200, answer);
        })) {
            Registry registry = stub.services().registry();
            registry.deploy("churn", DeployCommand.slots("churn:3", List.of(), List.of()), "me", "why", 6L);
            registry.rollBack("churn", 2L, "me", null, null);
            Deployment deployment = registry.withdraw("churn", "me & you", "it is over", null);

            assertThat(asked)
                    .containsExactly(
                            "/v1/deployments/churn {\"slots\":[{\"model\":\"churn\",\"version\":3,\"role\":\"champion\","
                                    + "\"share\":100}],\"by\":\"me\",\"reason\":\"why\"}",
                            "/v1/deployments/churn/rollback {\"to\":2,\"by\":\"me\"}",
                            "/v1/deployments/churn?by=me+%26+you&reason=it+is+over ");
            assertThat(DeployCommand.sentence(deployment))
                    .startsWith("Endpoint 'churn' is at revision 7: champion churn 3 with 100 %.");
        }
    }

    @Test
    void endpoints_are_shown_version_by_version_with_what_waits() throws Exception {
        String shown = EndpointsCommand.table(Json.MAPPER.readTree("""
                        [{"endpoint": "churn", "revision": 2, "ready": true, "slots": [
                           {"model": "churn", "version": 3, "role": "champion", "share": 90, "scored": 1200,
                            "engine": {"kind": "compiled"}},
                           {"model": "churn", "version": 4, "role": "canary", "share": 10, "scored": 130,
                            "engine": {"kind": "onnxruntime", "reason": "it has an operator"}}],
                          "pending": {"revision": 3, "failure": "canary churn 5: no", "retry_at": "2026-01-01T00:00:00Z",
                            "slots": [{"model": "churn", "version": 5, "role": "canary", "share": 10, "failure": "no"}]}}]""")).toString();

        assertThat(shown.lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "endpoint revision role version share engine rows scored state",
                        "churn 2 champion churn 3 90 % compiled 1,200 answers",
                        "churn 2 canary churn 4 10 % onnxruntime 130 answers",
                        "churn 3 canary churn 5 10 % - - comes: no");
    }
}
