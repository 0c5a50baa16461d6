-- What a use case names: the dataset it learns from and the endpoint where its champion serves.
ALTER TABLE use_case ADD COLUMN dataset text, ADD COLUMN dataset_since timestamptz, ADD COLUMN endpoint text;
UPDATE use_case SET dataset       = coalesce(r.document::json #>> '{dataset,name}', use_case.name),
                    dataset_since = r.created_at,
                    endpoint      = coalesce(r.document::json #>> '{rollout,endpoint}', use_case.name)
FROM use_case_revision r WHERE r.name = use_case.name AND r.revision = use_case.revision;
CREATE INDEX use_case_by_dataset ON use_case (dataset, dataset_since);
CREATE INDEX use_case_by_endpoint ON use_case (endpoint);

-- The use case that a model belongs to.
CREATE TABLE model_owner (
  model    text PRIMARY KEY,
  use_case text NOT NULL REFERENCES use_case
);
INSERT INTO model_owner
  SELECT DISTINCT ON (1) coalesce(r.document::json #>> '{training,model}', u.name), u.name
  FROM use_case u JOIN use_case_revision r ON r.name = u.name AND r.revision = u.revision
  ORDER BY 1, r.created_at;

ALTER TABLE promotion ADD COLUMN use_case text;
ALTER TABLE promotion DISABLE TRIGGER promotion_is_append_only;
UPDATE promotion SET use_case = model;
ALTER TABLE promotion ENABLE TRIGGER promotion_is_append_only;
ALTER TABLE promotion ALTER COLUMN use_case SET NOT NULL;

-- What others told of datasets: the active schema, and whether rows were judged under it.
CREATE TABLE dataset (
  name           text PRIMARY KEY,
  schema_version integer NOT NULL DEFAULT 0,
  schema         text,
  has_rows       boolean NOT NULL DEFAULT false
);

-- The folder among the artifacts in which a version's files lie; null when they are kept elsewhere.
ALTER TABLE model_version ADD COLUMN folder text COLLATE "C";
UPDATE model_version v SET folder = substr(v.source, 19) WHERE v.source LIKE 'mlflow-artifacts:/_%';
UPDATE model_version v SET folder = substr(r.artifact_uri, 19) || substr(v.source, 7 + length(r.id))
FROM run r WHERE v.source LIKE 'runs:/' || r.id || '/%' AND r.artifact_uri LIKE 'mlflow-artifacts:/_%';
CREATE INDEX model_version_by_folder ON model_version (folder);
