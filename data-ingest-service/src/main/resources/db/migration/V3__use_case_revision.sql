-- Which revision of the use-case file a schema came from; null where it came from none.
alter table dataset_schema add column use_case_revision int;
