-- Every state that an endpoint was ever to be in, who wanted it, why, and what the versions proved. Only ever added.
CREATE TABLE deployment_revision (
  endpoint   text NOT NULL REFERENCES deployment,
  revision   bigint NOT NULL CHECK (revision > 0),
  use_case   text NOT NULL,
  slots      text NOT NULL,
  change     text NOT NULL,
  decided_by text NOT NULL,
  reason     text,
  evidence   text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (endpoint, revision)
);
INSERT INTO deployment_revision
  SELECT d.endpoint, d.revision, d.use_case, d.slots, 'PROMOTED', coalesce(p.decided_by, 'anonymous'), p.reason,
         '[]', d.changed_at
  FROM deployment d LEFT JOIN promotion p ON p.endpoint = d.endpoint AND p.deployment_revision = d.revision
  WHERE d.revision > 0;
CREATE TRIGGER deployment_revision_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deployment_revision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
