-- A window's number counts within an epoch: a stream that lost its state begins again at 1.
DROP TABLE evaluations;
CREATE TABLE evaluations (
    number        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    endpoint      text        NOT NULL,
    model         text        NOT NULL,
    version       integer     NOT NULL,
    role          text        NOT NULL,
    epoch         timestamptz NOT NULL,
    window_number bigint      NOT NULL,
    verdict       text        NOT NULL,
    kept_at       timestamptz NOT NULL,
    evaluation    text        NOT NULL
);
CREATE INDEX evaluations_of_series ON evaluations (endpoint, model, version, role, number);
CREATE INDEX evaluations_by_age ON evaluations (kept_at);

-- How far the windows of each epoch have come, and what they said: it outlives the windows themselves, so that one that
-- is told again is known.
CREATE TABLE epochs (
    endpoint          text        NOT NULL,
    model             text        NOT NULL,
    version           integer     NOT NULL,
    role              text        NOT NULL,
    epoch             timestamptz NOT NULL,
    last_window       bigint      NOT NULL,
    stable            bigint      NOT NULL,
    drift             bigint      NOT NULL,
    insufficient_data bigint      NOT NULL,
    last_judged       bigint,
    changed_at        timestamptz NOT NULL,
    PRIMARY KEY (endpoint, model, version, role, epoch)
);
CREATE INDEX epochs_by_age ON epochs (changed_at);

DELETE FROM monitored_series;
ALTER TABLE monitored_series
    ADD COLUMN epoch    timestamptz NOT NULL,
    ADD COLUMN windows  bigint      NOT NULL,
    ADD COLUMN moved_at timestamptz NOT NULL;

CREATE INDEX alerts_by_end ON alerts (resolved_at);

DROP TABLE alert_changes;
-- Changes of alerts on their way to their topic, written with the change.
CREATE TABLE outbox (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type text   NOT NULL,
    data bytea  NOT NULL
);
