package dev.orrery.lake;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.TypedText;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// How one value travels between a block (number, whole number, true/false, ISO-8601 text) and the lake.
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

    /// The value as the lake's files hold it: a day and an instant are numbers there. Null is a missing one.
    ///
    /// @throws ClassCastException       when it is not of the type
    /// @throws IllegalArgumentException when it is text that is no day, or no instant
    static Object toLake(Type.TypeID type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case DOUBLE -> value instanceof Double number ? number : ((Number) value).doubleValue();
            case LONG -> value instanceof Long number ? number : ((Number) value).longValue();
            case DATE -> (int) known(TypedText.day((String) value));
            case TIMESTAMP -> known(TypedText.instant((String) value));
            case BOOLEAN -> (Boolean) value;
            default -> (String) value;
        };
    }

    /// The value as rows that are read carry it.
    static Object fromLake(Object value) {
        return switch (value) {
            case LocalDate date -> date.toString();
            case OffsetDateTime time -> time.toInstant().toString();
            case CharSequence text -> text.toString();
            case null, default -> value;
        };
    }

    private static long known(long time) {
        if (time == TypedText.NONE) {
            throw new IllegalArgumentException("no such time");
        }
        return time;
    }
}
