create table dataset_schema (
    dataset varchar(100) not null,
    version integer not null,
    definition text not null,
    primary key (dataset, version)
);

create table batch (
    id uuid primary key,
    dataset varchar(100) not null,
    -- The schema that the file was scanned with is the one it is published with.
    schema_version integer not null,
    state varchar(10) not null check (state in ('PUBLISHING', 'PUBLISHED', 'FAILED')),
    rows bigint not null check (rows > 0),
    published_rows bigint not null check (published_rows between 0 and rows),
    bytes bigint not null,
    digest char(64) not null,
    idempotency_key varchar(255),
    created_at timestamp with time zone not null,
    published_at timestamp with time zone,
    error text,
    foreign key (dataset, schema_version) references dataset_schema,
    constraint batch_idempotency_key unique (dataset, idempotency_key)
);

create index batch_of_dataset on batch (dataset, id);
create index batch_of_file on batch (digest);
create index batch_in_progress on batch (id) where state = 'PUBLISHING';
