-- The reference of a model version, fetched once and kept for ever: the registry may be away later.
CREATE TABLE profiles (
    model      text        NOT NULL,
    version    integer     NOT NULL,
    profile    text        NOT NULL,
    fetched_at timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

-- How each use case wants its endpoint monitored.
CREATE TABLE monitor_sections (
    use_case text    PRIMARY KEY,
    endpoint text    NOT NULL,
    revision integer NOT NULL,
    monitor  text    NOT NULL
);

-- What should run at each endpoint, as far as monitoring cares.
CREATE TABLE deployments (
    endpoint text   PRIMARY KEY,
    revision bigint NOT NULL,
    versions text   NOT NULL
);

-- How many predictions arrived, written from the stream's own state.
CREATE TABLE monitored_series (
    endpoint         text    NOT NULL,
    model            text    NOT NULL,
    version          integer NOT NULL,
    role             text    NOT NULL,
    predictions      bigint  NOT NULL,
    failed           bigint  NOT NULL,
    open_predictions bigint  NOT NULL,
    open_from        timestamptz,
    PRIMARY KEY (endpoint, model, version, role)
);

-- Each closed window, once.
CREATE TABLE evaluations (
    endpoint      text    NOT NULL,
    model         text    NOT NULL,
    version       integer NOT NULL,
    role          text    NOT NULL,
    window_number bigint  NOT NULL,
    verdict       text    NOT NULL,
    evaluation    text    NOT NULL,
    PRIMARY KEY (endpoint, model, version, role, window_number)
);

CREATE TABLE alerts (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid        NOT NULL UNIQUE,
    endpoint    text        NOT NULL,
    model       text        NOT NULL,
    version     integer     NOT NULL,
    state       text        NOT NULL,
    severity    text        NOT NULL,
    columns     text        NOT NULL,
    score       boolean     NOT NULL,
    summary     text        NOT NULL,
    opened_at   timestamptz NOT NULL,
    resolved_at timestamptz,
    revision    bigint      NOT NULL
);
CREATE UNIQUE INDEX one_open_alert ON alerts (endpoint, model, version) WHERE state = 'OPEN';

-- Changes of alerts that are on their way to their topic.
CREATE TABLE alert_changes (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change text NOT NULL
);
