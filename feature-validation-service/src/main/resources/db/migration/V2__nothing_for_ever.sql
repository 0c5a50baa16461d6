-- The shape of the table that service-kit's outbox relays.
alter table outbox rename column event_type to type;
alter table outbox rename column event_data to data;

-- A batch may end without a verdict.
alter table batch drop constraint batch_state_check;
alter table batch add check (state in ('VALIDATING', 'ACCEPTED', 'QUARANTINED', 'FAILED'));
create index batch_failed on batch (decided_at) where state = 'FAILED';
create index batch_decided on batch (decided_at) where state <> 'VALIDATING';

-- How often something was begun by a process that died before it was done.
create table attempt (
    what     text primary key,
    -- From here it is tried again; a suspect stays alone until it is beyond its reach.
    position bigint not null,
    reach    bigint not null,
    -- How many processes have begun it, and how many of them alone, once it was a suspect.
    lives    int     not null,
    suspect  boolean not null,
    alone    int     not null
);

-- How many rejected rows of a batch are kept, so that nobody has to count them, and where the first lies.
create table rejection_count (
    batch        text collate "C" not null,
    partition    int    not null,
    kept         bigint not null,
    first_offset bigint not null,
    primary key (batch, partition)
);
insert into rejection_count select batch, -1, count(*), 0 from rejection group by batch;

-- Records of a batch do not lie below, so what lies below of a topic may go when nobody needs it.
alter table batch_progress add column first_offset bigint not null default 0;
alter table staged_file add column first_offset bigint not null default 0;

-- Counts of more open batches than fit beside a committed offset. Written before the offset is committed, found by it.
create table tally (
    partition   int    not null,
    next_offset bigint not null,
    tallies     text   not null,
    primary key (partition, next_offset)
);

-- Each use case has its own revisions; several may describe one dataset.
create table use_case (
    name     text primary key,
    dataset  text not null references dataset (name),
    -- The newest revision that was looked at, and why its schema was refused, if it was.
    revision int  not null,
    refusal  text,
    seen_at  timestamptz not null
);
create index use_case_dataset on use_case (dataset);
insert into use_case select name, name, use_case_revision, refusal, now() from dataset where use_case_revision > 0;
alter table dataset drop column use_case_revision, drop column refusal;
