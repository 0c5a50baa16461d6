package dev.orrery.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;

/// Visits the page at `/` of the service under test.
public final class HomeCheck {

    private HomeCheck() {}

    /// People get a page, programs JSON, both with the same title; and every link leads somewhere.
    public static void leadsOn() {
        String page = given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get("/")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .extract()
                .asString();
        JsonPath json = given().accept("application/json")
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(json.getString("title")).startsWith("Orrery: ");
        assertThat(json.getString("description")).hasSizeGreaterThan(20);
        assertThat(page).contains("<h1>%s</h1>".formatted(json.getString("title")));
        json.getMap("links", String.class, String.class).forEach((name, path) -> {
            assertThat(page).contains("href=\"%s\"".formatted(path));
            assertThat(given().get(path).statusCode()).as(path).isIn(200, 503);
        });
    }
}
