-- Every revision of every use case, as it was announced: a job pins the one it was asked under.
create table use_case_revision (
    id       bigint generated always as identity primary key,
    name     text    not null,
    revision integer not null,
    document text    not null,
    unique (name, revision)
);

create table dataset_version (
    id           bigint generated always as identity primary key,
    dataset      text    not null,
    version      integer not null,
    metadata_uri text    not null,
    snapshot_id  bigint  not null,
    row_count    bigint  not null,
    unique (dataset, version)
);

create table training_job (
    number            bigint generated always as identity primary key,
    id                text        not null unique,
    use_case          text        not null,
    use_case_revision integer,
    recipe            text        not null,
    dataset_version   integer,
    reason            text,
    state             text        not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    step              text,
    attempts          integer     not null default 0,
    not_before        timestamptz not null,
    worker            text,
    lease_until       timestamptz,
    metrics           text,
    model             text,
    version           integer,
    run_id            text,
    error             text,
    created_at        timestamptz not null,
    finished_at       timestamptz
);

create index training_job_waiting on training_job (number) where state in ('QUEUED', 'RUNNING');
create index training_job_use_case on training_job (use_case, number);
