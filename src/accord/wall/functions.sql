-- How PostgreSQL learns who is looking. Written anew by `accord migrate`; a blank line ends a statement.
CREATE SCHEMA IF NOT EXISTS wall;

REVOKE ALL ON SCHEMA wall FROM PUBLIC;

CREATE TABLE IF NOT EXISTS wall.key (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), inner_key bytea, outer_key bytea);

REVOKE ALL ON wall.key FROM PUBLIC;

-- What the session presented, if its signature fits this server process; else null, and every rule says no.
CREATE OR REPLACE FUNCTION wall.claims() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    presented text := current_setting('accord.standing', true);
    keys wall.key%ROWTYPE;
    said text;
BEGIN
    IF presented IS NULL OR length(presented) < 67 THEN RETURN NULL; END IF;
    said := substr(presented, 66);
    SELECT * INTO keys FROM wall.key;
    IF encode(sha256(keys.outer_key || sha256(keys.inner_key
        || convert_to(pg_backend_pid()::text || ':' || said, 'UTF8'))), 'hex') IS DISTINCT FROM left(presented, 64)
    THEN RETURN NULL; END IF;
    RETURN said::jsonb;
END $$;

-- Those below do not read the key themselves, so they need no rights of its owner, and PostgreSQL puts their bodies in
-- place of their names: each costs one look at the claims. The bodies are parsed here, whatever the search path later.
CREATE OR REPLACE FUNCTION wall.at_work() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(wall.claims() @@ '$.side == "system" || $.door != ""', false);

CREATE OR REPLACE FUNCTION wall.writing() RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(wall.claims() ->> 'door' <> '', false);

CREATE OR REPLACE FUNCTION wall.side() RETURNS text LANGUAGE sql STABLE
RETURN coalesce(wall.claims() ->> 'side', '');

CREATE OR REPLACE FUNCTION wall.may(permission text) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce((wall.claims() -> 'may') ? permission, false);

-- A list of codes reads as an array once its brackets are PostgreSQL's.
CREATE OR REPLACE FUNCTION wall.texts(name text) RETURNS text[] LANGUAGE sql STABLE
RETURN coalesce(translate(wall.claims() ->> name, '[]', '{}'), '{}')::text[];

CREATE OR REPLACE FUNCTION wall.ids(name text) RETURNS uuid[] LANGUAGE sql STABLE
RETURN wall.texts(name)::uuid[];

-- The markings that lie in a compartment: shut to the software itself and to use cases of people outside it.
CREATE OR REPLACE FUNCTION wall.shut() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY(SELECT m.code FROM public.access_marking m WHERE cardinality(m.compartments) > 0) $$;
