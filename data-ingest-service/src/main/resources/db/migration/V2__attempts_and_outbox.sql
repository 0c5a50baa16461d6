alter table batch add column attempts integer not null default 0;
alter table batch add column trouble text;

create table outbox (id bigint generated always as identity primary key, type text not null, data bytea not null);
