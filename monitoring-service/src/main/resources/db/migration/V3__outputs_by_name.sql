-- A model may have other outputs than a score: those that drifted stand in an alert by name.
ALTER TABLE alerts DROP COLUMN score;
ALTER TABLE alerts ADD COLUMN outputs text NOT NULL DEFAULT '[]';
