"""Putting the wall up: functions, policies and grants, as the owner of the tables.

Done anew at every ``accord migrate``, so that the policies are always those of the rules in the code.
"""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

from accord.wall.rule import Rule
from accord.wall.signing import padded_keys
from accord.wall.tables import rule_of

FUNCTIONS = Path(__file__).with_name("functions.sql")
# Tables whose rows a trigger keeps as they were written: the application need not even have the right.
WRITTEN_ONCE = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'accord_refuse_change' AND t.tgname LIKE '%_write_once'
"""
WRITING = "(SELECT wall.writing())"
BY_SOFTWARE = "(SELECT wall.side()) = 'system'"
# What says which marking admits whom is written by the software alone, as it loads a mission, and in no use case of a
# person: whoever could change a marking would open what lies under it.
OF_THE_SOFTWARE = {"access_level", "access_compartment", "access_marking"}
# Under no policy, each for its reason: they hold nothing of the mission and nothing that lets anybody in.
UNGUARDED = {
    "django_migrations": "SELECT",  # which changes of the schema were made
    "django_content_type": "SELECT",  # Django's list of models
    "auth_permission": "SELECT",  # Django's own, unused: permissions are declared in code
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "procrastinate_jobs": "SELECT, INSERT, UPDATE, DELETE",  # what is to be done; arguments are keys, never words
    "procrastinate_events": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_periodic_defers": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_workers": "SELECT, INSERT, UPDATE, DELETE",
}


def install(connection: BaseDatabaseWrapper, *, app: str) -> None:
    """Put the wall up for the application's role ``app``; ``connection`` is the owner's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        for statement in _statements(owner, app):
            cursor.execute(statement)
        cursor.execute(WRITTEN_ONCE)
        for (table,) in cursor.fetchall():
            # Rows that belong to others are deleted with them where there are none; of the trail, nothing ever is.
            rights = "UPDATE, DELETE" if table.startswith("audit_") else "UPDATE"
            cursor.execute(f"REVOKE {rights} ON {_name(table)} FROM {_name(app)}")
        inner, outer = padded_keys()
        cursor.execute(
            "INSERT INTO wall.key (inner_key, outer_key) VALUES (%s, %s) "
            "ON CONFLICT (only_one) DO UPDATE SET inner_key = excluded.inner_key, outer_key = excluded.outer_key",
            [inner, outer],
        )


def _statements(owner: str, app: str) -> Iterator[str]:
    yield from _parts(FUNCTIONS.read_text())
    yield f"GRANT USAGE ON SCHEMA wall, public TO {_name(app)}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wall, public TO {_name(app)}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {_name(app)}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {_name(app)}, PUBLIC"
    for table, rights in UNGUARDED.items():
        yield f"GRANT {rights} ON {_name(table)} TO {_name(app)}"
    for model in apps.get_models():
        if model.__module__.startswith("accord."):
            yield from policies(model, rule_of(model), owner=owner, app=app)


def policies(model: type[Model], rule: Rule, *, owner: str, app: str) -> Iterator[str]:
    """The statements that guard one table: reading by its rule, writing only with a use case under way."""
    table, sees = _name(model._meta.db_table), rule.sql(model)
    software = [BY_SOFTWARE] if model._meta.db_table in OF_THE_SOFTWARE else []
    writes = " AND ".join([WRITING, *software, *(f"NOT {condition}" for condition in rule.unwritable(model))])
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {_name(app)}"
    for name, clause in {
        "wall_owner": f"TO {_name(owner)} USING (true) WITH CHECK (true)",
        "wall_read": f"FOR SELECT TO {_name(app)} USING ({sees})",
        "wall_add": f"FOR INSERT TO {_name(app)} WITH CHECK ({writes})",
        "wall_change": f"FOR UPDATE TO {_name(app)} USING ({writes} AND {sees}) WITH CHECK ({writes})",
        "wall_remove": f"FOR DELETE TO {_name(app)} USING ({writes} AND {sees})",
    }.items():
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} {clause}"


def _parts(text: str) -> Iterator[str]:
    """The statements of a file, one at a time: the server takes no two of them together when it binds values itself."""
    yield from (part.strip() for part in text.split("\n\n") if part.strip())


def _name(identifier: str) -> str:
    return sql.Identifier(identifier).as_string()
