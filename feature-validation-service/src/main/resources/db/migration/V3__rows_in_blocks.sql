-- Rows travel in blocks, on topics of their own: positions on the topics before mean nothing there.
delete from staging_position;
delete from tally;
delete from attempt;
