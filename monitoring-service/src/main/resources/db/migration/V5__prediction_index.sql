-- Where predictions lie on their topic. A row stands for blocks of one instance that lie within a megabyte of one
-- another in a partition: what they hold stays on the topic, and is kept nowhere twice.
CREATE TABLE block_runs (
    instance       text        NOT NULL,
    partition      integer     NOT NULL,
    first_offset   bigint      NOT NULL,
    last_offset    bigint      NOT NULL,
    first_sequence bigint      NOT NULL,
    last_sequence  bigint      NOT NULL,
    indexed_at     timestamptz NOT NULL,
    PRIMARY KEY (instance, partition, first_offset)
) WITH (fillfactor = 80);
-- A run grows in place many times, and this kind of index does not mind.
CREATE INDEX block_runs_by_age ON block_runs USING brin (indexed_at);
