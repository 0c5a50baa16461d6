package dev.orrery.registry;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/// A small use-case file to test with.
public final class UseCaseText {

    /// Sends YAML as the text that it is.
    static final RestAssuredConfig AS_TEXT = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT));

    private UseCaseText() {}

    /// A whole and valid file; line 1 is the name.
    public static String of(String name) {
        return """
                name: %s
                problem:
                  statement: Customers leave.
                  decision: who gets an offer
                  stakeholders: [marketing]
                dataset:
                  key: customer
                  label: left
                  personal: [customer]
                  missing: ["", NA]
                  columns:
                    - { name: customer, type: text }
                    - name: tenure
                      type: integer
                      range: [0, 120]
                    - name: contract
                      type: category
                      domain: [monthly, yearly]
                    - { name: left, type: boolean }
                baseline:
                  rule:
                    - { column: tenure, below: 6 }
                training:
                  recipes:
                    - { algorithm: logistic-regression, epochs: 20 }
                    - algorithm: gradient-boosting
                      trees: 50
                  seed: 7
                rollout:
                  endpoint: %s
                monitor:
                  window: { predictions: 500, at_most: 1m }
                value:
                  currency: EUR
                  true_positive: 60
                  false_positive: -10
                  false_negative: -100
                  true_negative: 0
                """.formatted(name, name);
    }

    /// Puts a use case of this name to the running service.
    public static void put(String name) {
        put(name, of(name)).statusCode(200);
    }

    /// Puts a file to the running service.
    public static ValidatableResponse put(String name, String file) {
        return given().config(AS_TEXT)
                .contentType("application/yaml")
                .body(file)
                .put("/v1/use-cases/" + name)
                .then();
    }
}
