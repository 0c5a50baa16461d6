package dev.orrery.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.model.PackageFiles;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A small real model that is registered as a trainer would: files through the proxy, then a version.
public final class TinyModel {

    private static final String MADE_FOR = "tiny";

    private TinyModel() {}

    /// Registers the next version of a model.
    ///
    /// @return the folder of its files
    public static String register(String name) {
        return register(name, Map.of());
    }

    /// Registers the next version of a model, some of whose files are others.
    public static String register(String name, Map<String, byte[]> others) {
        return registerFolder(name, upload(name, others));
    }

    /// Registers the next version of a model that is not called as its use case.
    public static String register(String name, String useCase) {
        return registerFolder(name, upload(useCase, Map.of()));
    }

    private static String registerFolder(String name, String folder) {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", name))
                .post("/api/2.0/mlflow/registered-models/create");
        given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "source", "mlflow-artifacts:/" + folder))
                .post("/api/2.0/mlflow/model-versions/create")
                .then()
                .statusCode(200);
        return folder;
    }

    /// Puts a file in place of one of a version's.
    public static void put(String folder, String file, byte[] content) {
        given().contentType("application/octet-stream")
                .body(content)
                .put("/api/2.0/mlflow-artifacts/artifacts/{folder}/{file}", folder, file)
                .then()
                .statusCode(200);
    }

    /// Tries to put a file in place of one of a version's.
    public static ValidatableResponse tryPut(String folder, String file, String content) {
        return given().contentType("application/octet-stream")
                .body(content.getBytes(StandardCharsets.UTF_8))
                .put("/api/2.0/mlflow-artifacts/artifacts/{folder}/{file}", folder, file)
                .then();
    }

    /// A file of the package.
    public static byte[] file(String name) {
        try (InputStream stream = TinyModel.class.getResourceAsStream("/tiny-package/" + name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String upload(String name, Map<String, byte[]> others) {
        String folder = "models-%s-%d".formatted(name, System.nanoTime());
        for (String file : PackageFiles.ALL) {
            byte[] own = file.equals(PackageFiles.CARD) ? madeFor(name) : file(file);
            put(folder, file, others.getOrDefault(file, own));
        }
        return folder;
    }

    private static byte[] madeFor(String name) {
        String card = new String(file(PackageFiles.CARD), StandardCharsets.UTF_8);
        String made = "\"use_case\":\"%s\"".formatted(MADE_FOR);
        assertThat(card).contains(made);
        return card.replace(made, "\"use_case\":\"%s\"".formatted(name)).getBytes(StandardCharsets.UTF_8);
    }
}
