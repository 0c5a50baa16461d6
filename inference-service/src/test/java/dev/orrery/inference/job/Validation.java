package dev.orrery.inference.job;

import com.sun.net.httpserver.HttpServer;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetTable;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedRows;
import dev.orrery.lake.TableVersion;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Stands for validation: real tables in a real lake, and the door that tells where they lie.
public class Validation implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's validation did not start", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = ANSWERS.get(exchange.getRequestURI().toString());
            byte[] answer = (body == null ? "{}" : body).getBytes();
            exchange.sendResponseHeaders(body == null ? 404 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Map.of(
                "orrery.jobs.validation-url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /// Adds rows to a dataset, as the next version.
    ///
    /// @param rows in the order of the schema's columns
    static void commit(String dataset, DatasetSchema schema, List<List<Object>> rows) {
        Config config = ConfigProvider.getConfig();
        try (Lake lake = Lake.open(
                Path.of(config.getValue("orrery.state", String.class)).resolve("lake"),
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class))) {
            DatasetTable table = lake.table(dataset, schema);
            StagedRows staged = table.stage(0);
            staged.under(schema.columnNames());
            String batch = dataset + "-" + System.nanoTime();
            for (int row = 0; row < rows.size(); row++) {
                staged.add(batch, row + 1, rows.get(row));
            }
            tell(dataset, table.append(new BatchFiles(batch, 1, "{}", List.of(staged.finish()))));
        }
    }

    private static void tell(String dataset, TableVersion made) {
        String version = Json.text(Map.of(
                "dataset",
                dataset,
                "version",
                made.version(),
                "rows",
                made.rows(),
                "snapshot_id",
                made.snapshotId(),
                "metadata_uri",
                made.metadataUri()));
        ANSWERS.put("/v1/datasets/%s/versions/%d".formatted(dataset, made.version()), version);
        ANSWERS.put(
                "/v1/datasets/%s/versions?limit=1000".formatted(dataset), "{\"versions\": [%s]}".formatted(version));
    }
}
