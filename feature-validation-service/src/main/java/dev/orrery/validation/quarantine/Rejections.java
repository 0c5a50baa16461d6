package dev.orrery.validation.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.RowRejected;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.validation.Database;
import dev.orrery.validation.batch.Batch;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The quarantine: rejected rows, each kept once however often it is told.
@ApplicationScoped
class Rejections {

    /// A part of a list, and where the next part begins; null at the end.
    record Page(List<Rejection> rejections, String nextPageToken) {}

    private record Stored(String batch, long row, String values, String reasons) {}

    private record Reason(String batch, String column, Check check) {}

    private final Database database;

    Rejections(Database database) {
        this.database = database;
    }

    /// Keeps rows; one that is kept already changes nothing, its reasons are not counted twice.
    @Transactional
    void keep(List<RowRejected> rows) {
        Map<Reason, Long> fresh = new HashMap<>();
        for (RowRejected row : rows) {
            int added = database.update(
                    """
                    insert into rejection (batch, row_number, dataset, row_values, reasons)
                    values (?1, ?2, ?3, ?4, ?5) on conflict do nothing""", row.batch(), row.row(), row.dataset(), json(row.values()), json(row.reasons()));
            if (added == 1) {
                row.reasons()
                        .forEach(reason ->
                                fresh.merge(new Reason(row.batch(), reason.column(), reason.check()), 1L, Long::sum));
            }
        }
        fresh.forEach(this::count);
    }

    /// Rows of a dataset, or of one of its batches, by batch and row.
    ///
    /// @param batch null for all
    /// @param token where to begin, from the page before; null for the beginning
    @Transactional
    Page list(String dataset, String batch, int limit, String token) {
        String[] after = token == null ? new String[] {"", "0"} : position(token);
        List<Stored> found = database.select(
                Stored.class, """
                select batch, row_number, row_values, reasons from rejection
                where dataset = ?1 and (batch, row_number) > (?2, ?3) and (?4 = '' or batch = ?4)
                order by batch, row_number limit ?5""", dataset, after[0], Long.valueOf(after[1]), batch == null ? "" : batch, limit + 1);
        boolean more = found.size() > limit;
        List<Stored> page = more ? found.subList(0, limit) : found;
        String next = more ? token(page.getLast().batch(), page.getLast().row()) : null;
        return new Page(page.stream().map(Rejections::rejection).toList(), next);
    }

    private void count(Reason reason, long occurrences) {
        database.update(
                """
                insert into rejection_reason (batch, column_name, check_name, occurrences) values (?1, ?2, ?3, ?4)
                on conflict (batch, column_name, check_name)
                do update set occurrences = rejection_reason.occurrences + excluded.occurrences""",
                reason.batch(),
                // The one character that the database cannot keep in text.
                reason.column().replace('\0', '\uFFFD'),
                reason.check().name().toLowerCase(Locale.ROOT),
                occurrences);
    }

    private static Rejection rejection(Stored stored) {
        try {
            return new Rejection(
                    stored.batch(),
                    stored.row(),
                    Json.MAPPER.readValue(stored.values(), new TypeReference<Map<String, String>>() {}),
                    Json.MAPPER.readValue(stored.reasons(), new TypeReference<List<Violation>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("row %d of %s cannot be read".formatted(stored.row(), stored.batch()), e);
        }
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    private static String token(String batch, long row) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("%d %s".formatted(row, batch).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] position(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 2);
            Long.parseLong(parts[0]);
            if (Batch.isId(parts[1])) {
                return new String[] {parts[1], parts[0]};
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            Log.debugf(e, "unreadable page_token");
        }
        throw new Invalid("page_token is not one that this service gave; begin without it");
    }
}
