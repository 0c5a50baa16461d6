package dev.orrery.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.schema.SchemaChange;
import java.util.List;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class TableLayoutTest {

    @Test
    void no_dataset_can_have_a_column_that_the_lake_keeps_for_itself() {
        assertThat(List.of(
                                MetadataColumns.FILE_PATH,
                                MetadataColumns.ROW_POSITION,
                                MetadataColumns.IS_DELETED,
                                MetadataColumns.SPEC_ID,
                                MetadataColumns.ROW_ID,
                                MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER)
                        .stream()
                        .map(NestedField::name))
                .allMatch(SchemaChange::isReserved)
                .allMatch(MetadataColumns::isMetadataColumn);
        assertThat(List.of(MetadataColumns.PARTITION_COLUMN_NAME, TableLayout.BATCH, TableLayout.ROW))
                .allMatch(SchemaChange::isReserved);
    }
}
