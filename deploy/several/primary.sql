-- Once, on the primary: psql --file primary.sql, as the account postgres. Then give both roles their passwords.
CREATE ROLE gatewijzer LOGIN;
CREATE ROLE gatewijzer_replica LOGIN REPLICATION;
CREATE DATABASE gatewijzer OWNER gatewijzer ENCODING 'UTF8' TEMPLATE template0;
-- What the replica has not fetched yet stays on the primary.
SELECT pg_create_physical_replication_slot('gatewijzer_replica');
