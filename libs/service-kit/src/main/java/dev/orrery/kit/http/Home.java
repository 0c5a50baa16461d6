package dev.orrery.kit.http;

import dev.orrery.contracts.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What `/` of a service answers: who it is, and where to go from there; a page for people, JSON for who asks for it.
@ApplicationScoped
class Home {

    private static final Map<String, String> LINKS = links();

    private final String title;
    private final String description;

    Home(
            @ConfigProperty(name = "quarkus.smallrye-openapi.info-title") String title,
            @ConfigProperty(name = "quarkus.smallrye-openapi.info-description") String description) {
        this.title = title;
        this.description = description;
    }

    void register(@Observes Router router) {
        router.get("/").produces("text/html").produces("application/json").handler(this::answer);
    }

    private void answer(RoutingContext exchange) {
        boolean json = "application/json".equals(exchange.getAcceptableContentType());
        exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "text/html; charset=utf-8")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .end(Buffer.buffer(json ? json() : page()));
    }

    private byte[] json() {
        return Json.bytes(Map.of("title", title, "description", description, "links", LINKS));
    }

    private byte[] page() {
        StringBuilder links = new StringBuilder();
        LINKS.forEach((name, path) ->
                links.append("<li><a href=\"%s\">%s</a> <code>%s</code></li>%n".formatted(path, name, path)));
        return template()
                .replace("{title}", escaped(title))
                .replace("{description}", escaped(description))
                .replace("{links}", links)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String template() {
        try (InputStream page = Home.class.getResourceAsStream("home.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("home.html is part of this jar", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("Try the API", "/q/swagger-ui/");
        links.put("API as a document", "/q/openapi");
        links.put("Health", "/q/health");
        links.put("Metrics", "/q/metrics");
        return links;
    }
}
