-- Predictions are counted here, in the transaction that moves their partition's place: the database is the only state.
DROP TABLE monitored_series;
CREATE TABLE monitored_series (
    endpoint         text        NOT NULL,
    model            text        NOT NULL,
    version          integer     NOT NULL,
    role             text        NOT NULL,
    epoch            timestamptz NOT NULL,
    predictions      bigint      NOT NULL,
    failed           bigint      NOT NULL,
    windows          bigint      NOT NULL,
    moved_at         timestamptz NOT NULL,
    opened_at        timestamptz,
    open_from        timestamptz,
    open_to          timestamptz,
    open_predictions bigint      NOT NULL,
    open_revision    bigint      NOT NULL,
    open_counts      bytea,
    waiting          bigint      NOT NULL,
    waiting_bytes    bigint      NOT NULL,
    waiting_since    timestamptz,
    PRIMARY KEY (endpoint, model, version, role)
);

-- Blocks of predictions whose version's reference is not known yet, without whom they were about.
CREATE TABLE waiting_blocks (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    endpoint    text        NOT NULL,
    model       text        NOT NULL,
    version     integer     NOT NULL,
    role        text        NOT NULL,
    predictions integer     NOT NULL,
    earliest    timestamptz NOT NULL,
    block       bytea       NOT NULL,
    FOREIGN KEY (endpoint, model, version, role) REFERENCES monitored_series ON DELETE CASCADE
);
CREATE INDEX waiting_blocks_of_series ON waiting_blocks (endpoint, model, version, role, number);

-- The offset that each partition is counted up to.
CREATE TABLE counted_partitions (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Which predictions of each instance were counted, by their sequence.
CREATE TABLE counted_instances (
    partition  integer     NOT NULL,
    instance   text        NOT NULL,
    sequences  bytea       NOT NULL,
    missing    bigint      NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (partition, instance)
);
CREATE INDEX counted_instances_by_age ON counted_instances (counted_at);
