-- A registry that is away makes a job wait, for a stated time.
alter table training_job add column registry_away_since timestamptz;
-- What a person should know of the data that a model was made from, as JSON.
alter table training_job add column warnings text;

-- Everything kept has an end.
create index training_job_finished on training_job (finished_at) where finished_at is not null;
alter table use_case_revision add column heard_at timestamptz not null default clock_timestamp();
alter table dataset_version add column heard_at timestamptz not null default clock_timestamp();
