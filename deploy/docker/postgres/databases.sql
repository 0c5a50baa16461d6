-- One database per service; no service reads another's tables.
CREATE DATABASE ingest;
CREATE DATABASE validation;
CREATE DATABASE registry;
CREATE DATABASE training;
CREATE DATABASE monitoring;
