-- What the landed file is; it is read again when the batch is published.
alter table batch add column format varchar(20) not null default 'CSV';
alter table batch alter column format drop default;
