package dev.orrery.registry.usecase;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class UseCaseResourceTest {

    @Test
    void a_file_is_kept_as_written_and_as_understood_and_announced() {
        String file = UseCaseText.of("uc-announced");

        UseCaseText.put("uc-announced", file)
                .statusCode(200)
                .body("name", equalTo("uc-announced"))
                .body("revision", equalTo(1));

        UseCaseRevised revised = Topics.await(Topic.USE_CASES, UseCaseRevised.class, named("uc-announced"), 1)
                .getFirst();
        assertThat(revised.revision()).isEqualTo(1);
        assertThat(revised.useCase().dataset().key()).isEqualTo("customer");
        when().get("/v1/use-cases/uc-announced")
                .then()
                .body("source", equalTo(file))
                .body("use_case.dataset.columns[1].range", equalTo(List.of("0", "120")));
    }

    @Test
    void the_same_text_keeps_its_revision_and_is_told_again_and_another_gets_the_next() {
        String first = UseCaseText.of("uc-revised");
        String second = first.replace("seed: 7", "seed: 8");
        UseCaseText.put("uc-revised", first).body("revision", equalTo(1));

        UseCaseText.put("uc-revised", first).statusCode(200).body("revision", equalTo(1));
        assertThat(Topics.await(Topic.USE_CASES, UseCaseRevised.class, named("uc-revised"), 2))
                .extracting(UseCaseRevised::revision)
                .containsExactly(1, 1);
        UseCaseText.put("uc-revised", second).body("revision", equalTo(2));
        UseCaseText.put("uc-revised", first).body("revision", equalTo(3));

        when().get("/v1/use-cases/uc-revised?revision=2").then().body("source", equalTo(second));
        when().get("/v1/use-cases/uc-revised").then().body("revision", equalTo(3));
        when().get("/v1/use-cases/uc-revised?revision=4").then().statusCode(404);
        assertThat(Topics.await(Topic.USE_CASES, UseCaseRevised.class, named("uc-revised"), 4))
                .extracting(UseCaseRevised::revision)
                .containsExactly(1, 1, 2, 3);
    }

    @Test
    void concurrent_puts_get_a_revision_each_and_are_announced_in_order() {
        int writers = 12;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            IntStream.range(0, writers)
                    .forEach(seed -> threads.submit(() -> UseCaseText.put(
                            "uc-raced", UseCaseText.of("uc-raced").replace("seed: 7", "seed: 10" + seed))));
        }

        assertThat(Topics.await(Topic.USE_CASES, UseCaseRevised.class, named("uc-raced"), writers))
                .extracting(UseCaseRevised::revision)
                .containsExactly(IntStream.rangeClosed(1, writers).boxed().toArray(Integer[]::new));
    }

    @Test
    void a_mistake_is_a_problem_that_names_key_line_and_way_out_and_nothing_is_kept() {
        UseCaseText.put("uc-wrong", UseCaseText.of("uc-wrong").replace("rollout:", "rolout:"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo("The use-case file has a mistake."))
                .body("errors.field", equalTo(List.of("line 29")))
                .body("errors[0].message", containsString("unknown key 'rolout'. Did you mean 'rollout'?"));

        when().get("/v1/use-cases/uc-wrong").then().statusCode(404).body("detail", containsString("uc-wrong"));
    }

    @Test
    void json_is_taken_too() {
        String json = when().get("/v1/use-cases/" + putNew("uc-yaml")).path("use_case.dataset.label");
        assertThat(json).isEqualTo("left");

        given().contentType("application/json")
                .body("{\"name\": \"uc-json\", \"datset\": {}}")
                .put("/v1/use-cases/uc-json")
                .then()
                .statusCode(400)
                .body("errors.message", hasItem(containsString("Did you mean 'dataset'?")));
    }

    @Test
    void a_file_beyond_the_limit_is_refused_and_so_is_one_that_is_no_text() {
        UseCaseText.put("uc-large", UseCaseText.of("uc-large") + "#".repeat(600_000))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("524,288 bytes"));
        given().contentType("application/yaml")
                .body(new byte[] {(byte) 0xC3, 0x28})
                .put("/v1/use-cases/uc-large")
                .then()
                .statusCode(400)
                .body("detail", containsString("UTF-8"));
        given().contentType("text/plain")
                .body("name: uc-large")
                .put("/v1/use-cases/uc-large")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void the_list_has_the_newest_revision_of_each_and_goes_on_by_token() {
        putNew("uc-list-a");
        putNew("uc-list-b");

        when().get("/v1/use-cases").then().body("use_cases.name", hasItem("uc-list-a"));
        String token = when().get("/v1/use-cases?limit=1").path("next_page_token");
        given().queryParam("limit", 1)
                .queryParam("page_token", token)
                .get("/v1/use-cases")
                .then()
                .statusCode(200)
                .body("use_cases.size()", equalTo(1));
        String first = when().get("/v1/use-cases?limit=1").path("use_cases[0].name");
        putNew("aa-before-" + first);
        String second = given().queryParam("limit", 1)
                .queryParam("page_token", token)
                .get("/v1/use-cases")
                .path("use_cases[0].name");
        assertThat(second).isGreaterThan(first);
        when().get("/v1/use-cases?page_token=nonsense").then().statusCode(400);
        when().get("/v1/use-cases?limit=0").then().statusCode(400);
    }

    private static String putNew(String name) {
        UseCaseText.put(name);
        return name;
    }

    private static Predicate<UseCaseRevised> named(String name) {
        return revised -> revised.useCase().name().equals(name);
    }
}
