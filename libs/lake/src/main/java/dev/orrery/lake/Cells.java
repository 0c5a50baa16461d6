package dev.orrery.lake;

import dev.orrery.contracts.schema.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// How one value travels between an event (number, whole number, true/false, ISO-8601 text) and the lake.
final class Cells {

    private Cells() {}

    /// The lake's type of a column.
    static Type typeOf(ColumnType type) {
        return switch (type) {
            case NUMBER -> Types.DoubleType.get();
            case INTEGER -> Types.LongType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case CATEGORY, TEXT -> Types.StringType.get();
            case DATE -> Types.DateType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
        };
    }

    /// The value as the lake keeps it; null is a missing one.
    static Object toLake(Type type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case DOUBLE -> ((Number) value).doubleValue();
            case LONG -> ((Number) value).longValue();
            case DATE -> LocalDate.parse((String) value);
            case TIMESTAMP -> OffsetDateTime.ofInstant(Instant.parse((String) value), ZoneOffset.UTC);
            case BOOLEAN -> (Boolean) value;
            default -> (String) value;
        };
    }

    /// The value as events carry it.
    static Object fromLake(Object value) {
        return switch (value) {
            case LocalDate date -> date.toString();
            case OffsetDateTime time -> time.toInstant().toString();
            case CharSequence text -> text.toString();
            case null, default -> value;
        };
    }
}
