package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;

/// The end of a batch in one partition. Whoever has read the ends of all partitions has seen the whole batch.
///
/// @param partition the partition this marker lies in
/// @param rows      how many rows of the batch lie in this partition
/// @param batchRows how many rows the whole batch has
public record IngestEnded(String dataset, String batch, int partition, long rows, long batchRows) implements Event {

    public IngestEnded {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        Require.atLeast("partition", partition, 0);
        Require.atLeast("rows", rows, 0);
        Require.atLeast("batch_rows", batchRows, rows);
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_INGESTED;
    }

    @Override
    public String kind() {
        return "end";
    }

    @Override
    public String key() {
        return batch;
    }

    @Override
    public String correlation() {
        return batch;
    }

    @Override
    public Integer targetPartition() {
        return partition;
    }
}
