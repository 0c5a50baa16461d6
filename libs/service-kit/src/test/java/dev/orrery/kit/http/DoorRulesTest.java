package dev.orrery.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorRulesTest {

    private static final String HOME = "localhost:8083";

    private static final Streams NO_STREAMS = new Streams(Set.of());

    private final DoorRules rules = new DoorRules(Set.of(), Set.of(), NO_STREAMS);

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8083", "127.0.0.1:1", "[::1]:8083", "[::1]"})
    void a_service_goes_by_its_own_names_at_any_port(String host) {
        assertThat(rules.refusal(get(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8083",
                "localhost.evil.example",
                "127.0.0.1.nip.io",
                "localhost.",
                "0.0.0.0:8083",
                "[::2]:8083",
                "",
                "localhost:8083@evil.example"
            })
    void it_does_not_go_by_any_other_name_even_for_reading(String host) {
        assertThat(rules.refusal(get(host))).hasValueSatisfying(refusal -> {
            assertThat(refusal.status().getStatusCode()).isEqualTo(403);
            assertThat(refusal.detail()).contains("orrery.door.hosts");
        });
    }

    @Test
    void a_request_without_a_host_is_refused() {
        assertThat(rules.refusal(get(null))).isPresent();
    }

    @Test
    void names_of_its_surroundings_can_be_given() {
        DoorRules inContainers = new DoorRules(Set.of("model-registry-service"), Set.of(), NO_STREAMS);

        assertThat(inContainers.refusal(get("model-registry-service:8083"))).isEmpty();
        assertThat(inContainers.refusal(get("127.0.0.1:8083"))).isEmpty();
        assertThat(inContainers.refusal(get("data-ingest-service:8083"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:3000",
                "http://localhost",
                "file://",
                "http://localhost:8083.evil.example"
            })
    void a_foreign_page_changes_nothing(String origin) {
        assertThat(rules.refusal(post(origin, null)))
                .hasValueSatisfying(refusal -> assertThat(refusal.detail()).contains(origin, "orrery.door.origins"));
    }

    @ParameterizedTest
    @CsvSource({"cross-site,true", "same-site,true", "same-origin,false", "none,false"})
    void a_browsers_word_on_where_a_request_comes_from_is_taken(String site, boolean refused) {
        assertThat(rules.refusal(post(null, site)).isPresent()).isEqualTo(refused);
    }

    @Test
    void its_own_pages_and_what_is_no_browser_may_change_things() {
        assertThat(rules.refusal(post("http://localhost:8083", "same-origin"))).isEmpty();
        assertThat(rules.refusal(post("https://localhost:8083", null))).isEmpty();
        assertThat(rules.refusal(post(null, null))).isEmpty();
    }

    @Test
    void a_page_that_is_trusted_by_name_may_change_things_from_another_site() {
        DoorRules trusting = new DoorRules(Set.of(), Set.of("https://console.example.org"), NO_STREAMS);

        assertThat(trusting.refusal(post("https://console.example.org", "cross-site")))
                .isEmpty();
        assertThat(trusting.refusal(post("https://console.example.org.evil.example", "cross-site")))
                .isPresent();
    }

    @Test
    void a_foreign_page_may_ask_for_what_changes_nothing_since_it_cannot_read_the_answer() {
        assertThat(rules.refusal(new Visitor("GET", "/x", HOME, "http://evil.example", "cross-site", false, null)))
                .isEmpty();
    }

    @Test
    void a_body_says_what_it_is_unless_it_is_any_file() {
        DoorRules filing = new DoorRules(Set.of(), Set.of(), new Streams(Set.of("/files/.+")));

        assertThat(rules.refusal(body("/v1/things", null)))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.status().getStatusCode()).isEqualTo(415));
        assertThat(rules.refusal(body("/v1/things", "application/json"))).isEmpty();
        assertThat(rules.refusal(new Visitor("POST", "/v1/things", HOME, null, null, false, null)))
                .isEmpty();
        assertThat(filing.refusal(body("/files/a", null))).isEmpty();
    }

    private static Visitor get(String host) {
        return new Visitor("GET", "/", host, null, null, false, null);
    }

    private static Visitor post(String origin, String site) {
        return new Visitor("POST", "/v1/models/m/rollback", HOME, origin, site, false, null);
    }

    private static Visitor body(String path, String type) {
        return new Visitor("POST", path, HOME, null, null, true, type);
    }
}
