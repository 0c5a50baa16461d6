package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;

/// A batch's end in one partition, forwarded by validation with its counts for that partition.
///
/// @param batchRows how many rows the whole batch has, in all partitions
public record ValidationEnded(
        String dataset,
        String batch,
        int partition,
        int schemaVersion,
        long received,
        long validated,
        long rejected,
        long batchRows)
        implements Event {

    public ValidationEnded {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        Require.atLeast("partition", partition, 0);
        Require.atLeast("batch_rows", batchRows, received);
        Require.sum("received", received, validated, rejected);
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_VALIDATED;
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
