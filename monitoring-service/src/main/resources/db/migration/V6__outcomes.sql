-- Refused requests are counted beside predictions, and predictions that are logged as a share stand for more of them.
ALTER TABLE monitored_series
    ADD COLUMN estimated double precision NOT NULL DEFAULT 0,
    ADD COLUMN refused   bigint           NOT NULL DEFAULT 0;
UPDATE monitored_series SET estimated = predictions;

-- What an instance says does not come: sampled out, or dropped.
ALTER TABLE counted_instances
    ADD COLUMN sampled_out bigint NOT NULL DEFAULT 0,
    ADD COLUMN dropped     bigint NOT NULL DEFAULT 0;

-- Blocks that wait in the form that they had before cannot be read any more.
DELETE FROM waiting_blocks;
UPDATE monitored_series SET waiting = 0, waiting_bytes = 0, waiting_since = NULL;
