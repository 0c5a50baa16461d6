package dev.orrery.inference.rows;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import com.github.luben.zstd.Zstd;
import dev.orrery.inference.ContentCodings;
import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that come compressed.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class CompressedBodiesTest {

    private static final String ROWS = "[{\"tenure\":1},{\"tenure\":2}]";

    @BeforeEach
    void deploy() {
        Deployed.tiny("packed", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd", "GZIP", "identity"})
    void a_body_may_be_compressed(String coding) {
        ask(coding, packed(coding, ROWS.getBytes(StandardCharsets.UTF_8)))
                .statusCode(200)
                .body("predictions", hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void a_body_that_expands_beyond_the_limit_is_refused(String coding) {
        ask(coding, packed(coding, new byte[64 << 20]))
                .statusCode(413)
                .body("detail", containsString("expands to more than 8388608 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void a_body_that_is_not_what_its_coding_says_is_refused(String coding) {
        ask(coding, ROWS.getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("detail", containsString("'%s'".formatted(coding)));
    }

    @Test
    void a_body_that_breaks_off_is_refused() {
        byte[] whole = packed("gzip", ROWS.repeat(50).getBytes(StandardCharsets.UTF_8));

        ask("gzip", Arrays.copyOf(whole, whole.length / 2)).statusCode(400);
    }

    @Test
    void an_unknown_coding_is_refused_with_those_that_are_known() {
        ask("br", new byte[] {1, 2, 3}).statusCode(415).body("detail", containsString("gzip, deflate and zstd"));
    }

    private static byte[] packed(String coding, byte[] body) {
        return switch (coding.toLowerCase(Locale.ROOT)) {
            case "zstd" -> Zstd.compress(body);
            case "identity" -> body;
            case String known -> ContentCodings.compress(known, body);
        };
    }

    private static ValidatableResponse ask(String coding, byte[] body) {
        return given().config(RestAssuredConfig.newConfig()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .contentType("application/json")
                .header("Content-Encoding", coding)
                .body(body)
                .post("/v1/endpoints/packed/predictions")
                .then();
    }
}
