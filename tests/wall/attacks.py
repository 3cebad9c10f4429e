"""What somebody tries who can make the application's session say any SQL he likes.

``{table}``, ``{pk}`` and ``{text}`` are a guarded table, its key and one of its columns as text; ``{columns}`` all of
them. ``{own}`` is the standing of the reader he is, ``{stolen}`` one of a mighty reader that was signed for another
session, ``{mac}`` and ``{claims}`` its parts.
"""

MIGHTY = (
    '{"side":"system","who":[],"door":"x","may":[],"posts":[],"within":[],"circles":["vetting"],"markings":["both"]}'
)
ALL = "SELECT * FROM {table}"

# Tried on every guarded table: a name for each, and the statements, one after the other in one session.
ON_A_TABLE: dict[str, tuple[str, ...]] = {
    # Asking in other ways.
    "whole rows": ("SELECT t::text FROM {table} t",),
    "only": ("TABLE ONLY {table}",),
    "always true": ("SELECT * FROM {table} WHERE true OR {text} IS NULL",),
    "union": ("SELECT NULL UNION ALL SELECT {text} FROM {table}",),
    "except": ("SELECT {text} FROM {table} EXCEPT SELECT ''",),
    "materialized": ("WITH t AS MATERIALIZED (SELECT * FROM {table}) SELECT * FROM t",),
    "recursive": ("WITH RECURSIVE t(w) AS (SELECT {text} FROM {table} UNION SELECT w FROM t) SELECT * FROM t",),
    "lateral": ("SELECT x.* FROM generate_series(1, 2), LATERAL (SELECT * FROM {table}) x",),
    "window": ("SELECT lag({text}) OVER (), lead({text}) OVER () FROM {table}",),
    "aggregate": ("SELECT string_agg({text}, ','), max({text}), count(*) FROM {table}",),
    "grouping": ("SELECT {text}, count(*) FROM {table} GROUP BY ROLLUP (1)",),
    "json": ("SELECT json_agg(t) FROM {table} t",),
    "row of a join": ("SELECT b.* FROM {table} a RIGHT JOIN {table} b ON a.{pk} = b.{pk}",),
    "sample": ("SELECT * FROM {table} TABLESAMPLE SYSTEM (100)",),
    "by place": ("SELECT ctid, xmin, * FROM {table} WHERE ctid = ANY (ARRAY(SELECT ('(0,' || n || ')')::tid "
                 "FROM generate_series(1, 40) n))",),
    "as xml": ("SELECT query_to_xml('SELECT * FROM {table}', true, false, '')",),
    "table as xml": ("SELECT table_to_xml('{table}', true, false, '')",),
    "cursor as xml": ("BEGIN", "DECLARE c CURSOR FOR SELECT * FROM {table}",
                      "SELECT cursor_to_xml('c', 100, true, false, '')", "ROLLBACK"),
    "statistics by a function": ("SELECT ts_stat.* FROM ts_stat('SELECT to_tsvector({text}) FROM {table}')",),
    "cursor": ("BEGIN", "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT * FROM {table}", "COMMIT", "FETCH ALL c"),
    "prepared": ("PREPARE p AS SELECT * FROM {table}", "SET accord.standing TO '{stolen}'", "EXECUTE p"),
    "copy out": ("COPY {table} TO STDOUT",),
    "copy a query out": ("COPY (SELECT * FROM {table}) TO STDOUT",),
    "file of the table": ("SELECT pg_read_binary_file(pg_relation_filepath('{table}'))",),
    # Making PostgreSQL tell in an error, or to a function, what it read before the policy was asked.
    "cast to a number": ("SELECT count(*) FROM {table} WHERE {text}::int = 1",),
    "cast to a key": ("SELECT count(*) FROM {table} WHERE ({text} || '!')::uuid IS NULL",),
    "cast to json": ("SELECT count(*) FROM {table} WHERE ('{' || {text})::jsonb IS NULL",),
    "cast to xml": ("SELECT count(*) FROM {table} WHERE ('<' || {text})::xml IS NULL",),
    "as a date": ("SELECT count(*) FROM {table} WHERE to_date({text}, 'YYYY') IS NULL",),
    "as a place": ("SELECT count(*) FROM {table} WHERE {text}::inet IS NULL",),
    "as a pattern": ("SELECT count(*) FROM {table} WHERE 'x' ~ ('(' || {text})",),
    "as a setting": ("SELECT count(*) FROM {table} WHERE set_config('accord.kept', {text}, false) IS NULL",
                     "SELECT current_setting('accord.kept', true)"),
    "as a channel": ("LISTEN a", "SELECT count(*) FROM {table} WHERE pg_notify('a', {text}) IS NULL", "SELECT 1"),
    "as a lock": ("SELECT count(*) FROM {table} WHERE pg_try_advisory_lock(hashtext({text}))",
                  "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", "SELECT pg_advisory_unlock_all()"),
    "block": ("DO $$ BEGIN PERFORM * FROM {table}; RAISE NOTICE '%', (SELECT string_agg({text}, '') FROM {table}); "
              "END $$",),
    "explain": ("EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM {table} "
                "WHERE {text} > 'a'",),
    # Becoming somebody else.
    "standing of another session": ("SET accord.standing TO '{stolen}'", ALL),
    "for this transaction": ("BEGIN", "SET LOCAL accord.standing TO '{stolen}'", ALL, "ROLLBACK"),
    "within the statement": ("SELECT * FROM set_config('accord.standing', '{stolen}', false), {table}",),
    "without a signature": ("SET accord.standing TO '{claims}'", ALL),
    "own signature, other claims": ("SELECT set_config('accord.standing', left('{own}', 65) || '{claims}', false)",
                                    ALL),
    "cut": ("SELECT set_config('accord.standing', left('{stolen}', -1), false)", ALL),
    "longer": ("SELECT set_config('accord.standing', '{own}' || ' ', false)", ALL),
    "a key twice": ("SELECT set_config('accord.standing', rtrim('{own}', '}') || ',\"door\":\"x\"}', false)", ALL),
    "other letters": ("SELECT set_config('accord.standing', upper(left('{own}', 64)) || ':' || '{claims}', false)",
                      ALL),
    "zeros": ("SELECT set_config('accord.standing', repeat('0', 64) || ':' || '{claims}', false)", ALL),
    "empty": ("SET accord.standing TO ''", ALL),
    "reset": ("RESET accord.standing", ALL),
    "discard": ("DISCARD ALL", ALL),
    "row security off": ("SET row_security TO off", ALL),
    "owner": ("SET ROLE accord", ALL),
    "superuser": ("SET ROLE postgres", ALL),
    "other session user": ("SET SESSION AUTHORIZATION postgres", ALL),
    "role forgotten": ("RESET ROLE", "RESET SESSION AUTHORIZATION", ALL),
    "plain planner": ("SET enable_seqscan TO off", "SET plan_cache_mode TO force_generic_plan",
                      "SET row_security TO on", ALL),
    # Writing.
    "insert": ("INSERT INTO {table} DEFAULT VALUES",),
    "insert what is there": ("INSERT INTO {table} SELECT * FROM {table} RETURNING *",),
    "insert or nothing": ("INSERT INTO {table} SELECT * FROM {table} ON CONFLICT DO NOTHING RETURNING *",),
    "insert or update": ("INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({pk}) "
                         "DO UPDATE SET {pk} = {table}.{pk} RETURNING *",),
    "update": ("UPDATE {table} SET {pk} = {pk} RETURNING *",),
    "update from": ("UPDATE {table} a SET {pk} = b.{pk} FROM {table} b WHERE a.{pk} <> b.{pk} RETURNING b.*",),
    "update where one stands": ("BEGIN", "DECLARE c CURSOR FOR SELECT * FROM {table} FOR UPDATE", "FETCH c",
                                "UPDATE {table} SET {pk} = {pk} WHERE CURRENT OF c RETURNING *", "COMMIT"),
    "delete": ("DELETE FROM {table} RETURNING *",),
    "delete using": ("DELETE FROM {table} a USING {table} b RETURNING b.*",),
    "write in a part": ("WITH gone AS (DELETE FROM {table} RETURNING *) SELECT * FROM gone",),
    "merge": ("MERGE INTO {table} a USING {table} b ON true WHEN MATCHED THEN DELETE",),
    "merge what is not there": ("MERGE INTO {table} a USING (SELECT 1) b ON false WHEN NOT MATCHED THEN "
                                "INSERT DEFAULT VALUES",),
    "truncate": ("TRUNCATE {table} CASCADE",),
    "lock rows": ("SELECT * FROM {table} FOR UPDATE", "SELECT * FROM {table} FOR KEY SHARE"),
}  # fmt: skip

# Refused whoever the reader is: tried on every table by the one who may most, a use case under way.
TAKING_DOWN: dict[str, tuple[str, ...]] = {
    "disable": ("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", ALL),
    "not forced": ("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", ALL),
    "drop policy": ("DROP POLICY wall_read ON {table}", ALL),
    "own policy": ("CREATE POLICY mine ON {table} USING (true)", ALL),
    "other policy": ("ALTER POLICY wall_read ON {table} USING (true)", ALL),
    "grant": ("GRANT ALL ON {table} TO PUBLIC", ALL),
    "take over": ("ALTER TABLE {table} OWNER TO accord_app", ALL),
    "view": ("CREATE VIEW mine AS SELECT * FROM {table}", "TABLE mine"),
    "kept view": ("CREATE MATERIALIZED VIEW mine AS SELECT * FROM {table}", "TABLE mine"),
    "temporary table": ("CREATE TEMP TABLE mine AS SELECT * FROM {table}", "TABLE mine"),
    "child": ("CREATE TABLE mine () INHERITS ({table})", ALL),
    "rule": ("CREATE RULE mine AS ON INSERT TO {table} DO ALSO NOTIFY mine",),
    "trigger": ("CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION accord_refuse_change()",),
    "triggers off": ("ALTER TABLE {table} DISABLE TRIGGER ALL", "SET session_replication_role TO replica"),
    "index of an expression": ("CREATE INDEX ON {table} (({text}::int))",),
    "statistics of one's own": ("CREATE STATISTICS mine ON {pk}, ({text}) FROM {table}",),
    "published": ("CREATE PUBLICATION mine FOR TABLE {table}",),
    "analysed": ("ANALYZE VERBOSE {table}", "SELECT * FROM pg_stats WHERE tablename = '{table}'"),
    "drop": ("DROP TABLE {table} CASCADE",),
    "own function": ("CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
                     "$$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
                     "SELECT count(*) FROM {table} WHERE tell({text})"),
    "temporary function": ("CREATE FUNCTION pg_temp.tell(text) RETURNS text LANGUAGE sql AS $$ SELECT $1 $$",
                           "SELECT pg_temp.tell({text}) FROM {table}"),
    "member of the owner": ("GRANT accord TO accord_app", ALL),
    "past the wall": ("ALTER ROLE accord_app BYPASSRLS", ALL),
    "for the role": ("ALTER ROLE accord_app SET accord.standing TO '{stolen}'", ALL,
                     "ALTER ROLE accord_app RESET accord.standing"),
    "copy to a file": ("COPY {table} TO '/tmp/accord-attack'",),
    "copy to a program": ("COPY {table} TO PROGRAM 'cat'",),
    "copy in": ("COPY {table} FROM PROGRAM 'true'",),
    "large object": ("SELECT lo_import(pg_relation_filepath('{table}'))",),
    "page of the table": ("SELECT * FROM heap_page_items(get_raw_page('{table}', 0))",),
    "other tables first": ("SET search_path TO pg_temp, public",
                           "CREATE TEMP TABLE access_marking (code text, compartments text[])", ALL),
}  # fmt: skip

# What looks at no single table: tried once, and compared with the hidden rows of all of them.
ON_EVERYTHING: dict[str, tuple[str, ...]] = {
    "database as xml": ("SELECT database_to_xml(true, false, '')",),
    "schema as xml": ("SELECT schema_to_xml('public', true, false, '')",),
    "statistics": ("SELECT * FROM pg_stats", "SELECT * FROM pg_statistic", "SELECT * FROM pg_stats_ext",
                   "SELECT * FROM pg_statistic_ext_data", "SELECT * FROM pg_stats_ext_exprs"),
    "other people's statements": ("SELECT * FROM pg_stat_activity", "SELECT * FROM pg_stat_get_activity(NULL)",
                                  "SELECT * FROM pg_stat_statements", "SELECT * FROM pg_prepared_statements",
                                  "SELECT * FROM pg_cursors"),
    "key of the wall": ("SELECT * FROM wall.key", "TABLE wall.key", "COPY wall.key TO STDOUT",
                        "SELECT query_to_xml('TABLE wall.key', true, false, '')",
                        "SELECT * FROM wall.key FOR UPDATE", "UPDATE wall.key SET inner_key = '' RETURNING *"),
    "functions of the wall": ("SELECT wall.claims()", "SELECT wall.shut()", "SELECT wall.texts('circles')",
                              "SELECT wall.may('x')", "CREATE FUNCTION wall.at_work() RETURNS boolean RETURN true",
                              "ALTER FUNCTION wall.at_work() RENAME TO mine",
                              "CREATE OR REPLACE FUNCTION wall.shut() RETURNS text[] RETURN '{}'"),
    "files": ("SELECT pg_read_file('PG_VERSION')", "SELECT pg_ls_dir('.')", "SELECT pg_ls_waldir()",
              "SELECT pg_current_logfile()", "SELECT pg_read_file('pg_hba.conf')", "SHOW data_directory"),
    "large objects": ("SELECT lo_import('/etc/passwd')", "SELECT lo_export(1, '/tmp/accord-attack')",
                      "SELECT * FROM pg_largeobject"),
    "programs": ("COPY (SELECT 1) TO PROGRAM 'true'", "LOAD 'auto_explain'", "CREATE LANGUAGE plpython3u",
                 "CREATE EXTENSION file_fdw", "CREATE FUNCTION run(text) RETURNS int LANGUAGE c AS 'libc', 'system'"),
    "other servers": ("SELECT dblink('', 'SELECT 1')", "CREATE EXTENSION dblink", "CREATE EXTENSION postgres_fdw",
                      "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw",
                      "CREATE SUBSCRIPTION mine CONNECTION '' PUBLICATION mine"),
    "the log of changes": ("SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
                           "SELECT * FROM pg_logical_slot_peek_changes('mine', NULL, NULL)",
                           "SELECT * FROM pg_walinspect"),
    "the server's settings": ("ALTER SYSTEM SET log_statement TO 'all'", "SELECT pg_reload_conf()",
                              "SET log_min_duration_statement TO 0", "SET session_preload_libraries TO 'x'",
                              "SET local_preload_libraries TO 'x'", "SET default_transaction_read_only TO off"),
    "roles": ("CREATE ROLE mine SUPERUSER", "ALTER ROLE postgres PASSWORD 'x'", "SELECT * FROM pg_authid",
              "SELECT * FROM pg_shadow", "REASSIGN OWNED BY accord TO accord_app", "DROP OWNED BY accord"),
    "a schema of one's own": ("CREATE SCHEMA mine", "CREATE TABLE public.mine (a int)", "CREATE SEQUENCE mine",
                              "CREATE TYPE mine AS (a int)", "CREATE DOMAIN mine AS int", "CREATE CAST (text AS int) "
                              "WITHOUT FUNCTION", "CREATE OPERATOR <<< (LEFTARG = text, PROCEDURE = upper)"),
    "waking the software": ("NOTIFY a, 'b'", "SELECT pg_notify('procrastinate_any_queue', '')",
                            "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION accord_refuse_change()"),
}  # fmt: skip

# Asked once about a hidden row and once about one that is not there: the answers must be the same, letter for letter.
BLIND: dict[str, tuple[str, ...]] = {
    "is it there": ("SELECT count(*) FROM {table} WHERE {pk}::text = '{key}'",),
    "does it exist": ("SELECT EXISTS (SELECT FROM {table} WHERE {pk} = '{key}'::uuid)",),
    "how often": ("SELECT count(*) FROM {table} WHERE {text} ILIKE '%{word}%'",),
    "how it begins": ("SELECT count(*) FROM {table} WHERE {text} >= '{word}' AND {text} < '{word}~'",),
    "is it text": ("SELECT count(*) FROM {table} WHERE to_tsvector('simple', {text}) @@ "
                   "to_tsquery('simple', '{word}')",),
    "division by zero": ("SELECT 1 FROM {table} WHERE 1 / (CASE WHEN {text} LIKE '%{word}%' THEN 0 ELSE 1 END) = 1",),
    "an error instead": ("SELECT CASE WHEN EXISTS (SELECT FROM {table} WHERE {pk}::text = '{key}') "
                         "THEN 'x'::int ELSE 0 END",),
    "is it unique": ("INSERT INTO {table} ({pk}) VALUES ('{key}'::uuid)",),
    "is it unique, quietly": ("INSERT INTO {table} ({pk}) VALUES ('{key}'::uuid) ON CONFLICT DO NOTHING",),
    "is it referred to": ("DELETE FROM {table} WHERE {pk} = '{key}'::uuid",),
    "does it change": ("UPDATE {table} SET {pk} = {pk} WHERE {pk} = '{key}'::uuid",),
    "is it estimated": ("EXPLAIN SELECT * FROM {table} WHERE {pk} = '{key}'::uuid",),
    "is it locked": ("SELECT 1 FROM {table} WHERE {pk} = '{key}'::uuid FOR UPDATE NOWAIT",),
}  # fmt: skip
