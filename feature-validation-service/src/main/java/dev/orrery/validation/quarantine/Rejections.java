package dev.orrery.validation.quarantine;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.RowsRejected.Rejected;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.validation.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The quarantine: rejected rows, each kept once however often it is told.
@ApplicationScoped
class Rejections {

    /// Rejected rows, and where they lie.
    record Told(RowsRejected block, int partition, long offset) {}

    private record Line(Told told, Rejected rejected) {

        String batch() {
            return told.block().header().batch();
        }

        String dataset() {
            return told.block().header().dataset();
        }

        long row() {
            return rejected.row().number();
        }

        /// By column, as the row was received.
        String values() {
            List<String> columns = told.block().header().columns();
            List<Object> cells = rejected.row().cells();
            Map<String, Object> values = LinkedHashMap.newLinkedHashMap(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), cells.get(i));
            }
            return Json.text(values);
        }
    }

    private record Stored(String batch, long row, String values, String reasons) {}

    private record Place(String batch, long row) {}

    private record Share(String batch, int partition) {}

    private record Reason(String batch, String column, Check check) {}

    private final Database database;

    Rejections(Database database) {
        this.database = database;
    }

    /// Keeps rows; one that is kept already changes nothing, its reasons are not counted twice.
    @Transactional
    void keep(List<Told> told) {
        List<Line> lines = told.stream()
                .flatMap(block -> block.block().rows().stream().map(row -> new Line(block, row)))
                .toList();
        Set<Place> added = insert(lines);
        Map<Share, Long> kept = new HashMap<>();
        Map<Share, Long> begin = new HashMap<>();
        Map<Reason, Long> fresh = new HashMap<>();
        for (Line line : lines) {
            // Told twice in one go, it is added once.
            if (added.remove(new Place(line.batch(), line.row()))) {
                Share share = new Share(line.batch(), line.told().partition());
                kept.merge(share, 1L, Long::sum);
                begin.merge(share, line.told().offset(), Math::min);
                line.rejected()
                        .reasons()
                        .forEach(reason ->
                                fresh.merge(new Reason(line.batch(), reason.column(), reason.check()), 1L, Long::sum));
            }
        }
        count(kept, begin);
        countReasons(fresh);
    }

    /// Rows of a dataset, or of one of its batches, by batch and row.
    ///
    /// @param batch null for all
    @Transactional
    Page<Rejection> list(String dataset, String batch, PageRequest request) {
        List<Stored> found = database.select(
                Stored.class,
                """
                select batch, row_number, row_values, reasons from rejection
                where dataset = ?1 and (batch, row_number) > (?2, ?3) and (?4 = '' or batch = ?4)
                order by batch, row_number limit ?5""",
                dataset,
                request.text(0, ""),
                request.number(1, 0),
                batch == null ? "" : batch,
                request.toRead());
        return Page.of(request, found, last -> List.of(last.batch(), String.valueOf(last.row())))
                .map(Rejections::rejection);
    }

    /// One statement for all rows.
    private Set<Place> insert(List<Line> lines) {
        return new HashSet<>(database.select(
                Place.class,
                """
                insert into rejection (batch, row_number, dataset, row_values, reasons)
                select * from unnest(?1, ?2, ?3, ?4, ?5)
                on conflict do nothing returning batch, row_number""",
                texts(lines, Line::batch),
                lines.stream().map(Line::row).toArray(Long[]::new),
                texts(lines, Line::dataset),
                texts(lines, Line::values),
                texts(lines, line -> Json.text(line.rejected().reasons()))));
    }

    private void count(Map<Share, Long> kept, Map<Share, Long> begin) {
        List<Share> shares = inOneOrder(kept.keySet());
        database.update(
                """
                insert into rejection_count as c (batch, partition, kept, first_offset)
                select * from unnest(?1, ?2, ?3, ?4)
                on conflict (batch, partition) do update set kept = c.kept + excluded.kept,
                    first_offset = least(c.first_offset, excluded.first_offset)""",
                texts(shares, Share::batch),
                shares.stream().map(Share::partition).toArray(Integer[]::new),
                shares.stream().map(kept::get).toArray(Long[]::new),
                shares.stream().map(begin::get).toArray(Long[]::new));
    }

    private void countReasons(Map<Reason, Long> fresh) {
        List<Reason> reasons = inOneOrder(fresh.keySet());
        database.update(
                """
                insert into rejection_reason as r (batch, column_name, check_name, occurrences)
                select batch, column_name, check_name, sum(occurrences)
                from unnest(?1, ?2, ?3, ?4) as fresh (batch, column_name, check_name, occurrences)
                group by batch, column_name, check_name
                on conflict (batch, column_name, check_name)
                do update set occurrences = r.occurrences + excluded.occurrences""",
                texts(reasons, Reason::batch),
                // The one character that the database cannot keep in text.
                texts(reasons, reason -> reason.column().replace('\0', '\uFFFD')),
                texts(reasons, reason -> reason.check().name().toLowerCase(Locale.ROOT)),
                reasons.stream().map(fresh::get).toArray(Long[]::new));
    }

    /// No two instances wait for each other's rows.
    private static <T> List<T> inOneOrder(Set<T> things) {
        return things.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static Rejection rejection(Stored stored) {
        return new Rejection(
                stored.batch(),
                stored.row(),
                Json.read(stored.values(), new TypeReference<Map<String, Object>>() {}),
                Json.read(stored.reasons(), new TypeReference<List<Violation>>() {}));
    }
}
