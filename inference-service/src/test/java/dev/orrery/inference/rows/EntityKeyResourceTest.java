package dev.orrery.inference.rows;

import static dev.orrery.inference.Deployed.predict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a prediction is about: the same entity, however the caller writes its key.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class EntityKeyResourceTest {

    private static final String ENDPOINT = "numbered";
    private static final String SEVEN =
            new EntityKeys(Platform.SUBJECT_KEY).entity("people", ColumnType.INTEGER, true, "7");

    /// The tiny model for a dataset `people`, whose key is a whole number.
    @BeforeEach
    void deploy() {
        Deployed.serve(Deployed.shelf()
                .deployment(
                        ENDPOINT,
                        1,
                        Shelf.carded(
                                "\"key\":{\"name\":\"customer\",\"type\":\"text\"",
                                "\"dataset\":\"people\",\"key\":{\"name\":\"customer\",\"type\":\"integer\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7\"", "\"007\"", "7.0", "\"+7\""})
    void a_row_with_any_spelling_of_an_integer_key_is_about_one_entity(String key) {
        String id = predict(ENDPOINT, "{\"customer\": %s, \"tenure\": 3}".formatted(key))
                .statusCode(200)
                .extract()
                .path("predictions[0].id");

        assertThat(entity(id)).isEqualTo(SEVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"datatype\": \"INT64\", \"data\": [7]",
                "\"datatype\": \"BYTES\", \"data\": [\"007\"]",
                "\"datatype\": \"FP64\", \"data\": [7.0]"
            })
    void a_tensor_with_any_spelling_of_an_integer_key_is_about_one_entity(String data) {
        String id = infer(data).statusCode(200).extract().path("outputs[2].data[0]");

        assertThat(entity(id)).isEqualTo(SEVEN);
    }

    @Test
    void a_key_of_the_wrong_type_is_refused_by_name() {
        predict(ENDPOINT, "[{\"customer\": 7, \"tenure\": 3}, {\"customer\": \"seven\", \"tenure\": 3}]")
                .statusCode(400)
                .body(
                        "detail",
                        allOf(containsString("Row 2"), containsString("'customer'"), containsString("integer")));
        predict(ENDPOINT, "{\"customer\": 7.5, \"tenure\": 3}").statusCode(400).body("detail", containsString("'7.5'"));
        infer("\"datatype\": \"BYTES\", \"data\": [\"seven\"]")
                .statusCode(400)
                .body("error", allOf(containsString("'customer'"), containsString("integer")));
    }

    private static ValidatableResponse infer(String customer) {
        return Deployed.infer(ENDPOINT, """
                {"inputs": [{"name": "customer", "shape": [1], %s},
                 {"name": "tenure", "shape": [1], "datatype": "INT64", "data": [3]},
                 {"name": "contract", "shape": [1], "datatype": "BYTES", "data": [null]}]}""".formatted(customer));
    }

    private static String entity(String id) {
        return Logged.await(id).entity();
    }
}
