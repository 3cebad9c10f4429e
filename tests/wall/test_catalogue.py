"""S2: what PostgreSQL's own catalogue says about the wall."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection

from accord.config.postgres.server import APPLICATION, OWNER
from accord.wall.install import OF_THE_SOFTWARE, UNGUARDED
from accord.wall.tables import guarded
from tests.wall.conftest import login
from tests.wall.rows import OURS

pytestmark = pytest.mark.django_db

FILLED_BY_DJANGO = {"auth_permission", "django_content_type"}  # tests give more rights there: tests/conftest.py
POLICIES = {"wall_owner", "wall_read", "wall_add", "wall_change", "wall_remove"}
MOST_UNGUARDED = 10
# What a function of ours does that the application may call; whatever is not named here must not be callable.
CALLED = {
    "wall.claims": "reads the standing the session itself presented",
    "wall.at_work": "of the claims",
    "wall.writing": "of the claims",
    "wall.side": "of the claims",
    "wall.may": "of the claims",
    "wall.texts": "of the claims",
    "wall.ids": "of the claims",
    "wall.shut": "the codes of the markings that lie in a compartment",
    "public.vetting_eligible": "yes or no, the one answer there is outside the compartment",
    "public.accord_refuse_change": "a trigger's: it cannot be called",
    "public.accord_freeze_edition": "a trigger's: it cannot be called",
}
OWN_FUNCTIONS = """
SELECT n.nspname || '.' || p.proname, p.oid, p.prosecdef, coalesce(p.proconfig::text, ''), p.prorettype::regtype::text
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname IN ('public', 'wall') AND p.proname NOT LIKE 'procrastinate%'
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


@pytest.fixture
def session() -> Iterator[psycopg.Connection]:
    """The application's own login."""
    with login(APPLICATION) as opened:
        yield opened


def column(session: psycopg.Connection, query: str, *values: object) -> set[str]:
    return {str(row[0]) for row in session.execute(query, values)}


def refused(session: psycopg.Connection, statement: str, *values: object) -> bool:
    try:
        session.execute(statement, values or None)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def test_every_table_is_behind_the_wall_or_on_the_short_list(session: psycopg.Connection) -> None:
    tables = column(
        session,
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'f') AND relnamespace = 'public'::regnamespace",
    )
    forced = column(session, "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert tables - forced == set(UNGUARDED)
    assert len(UNGUARDED) <= MOST_UNGUARDED
    assert {model._meta.db_table for model in OURS} == {model._meta.db_table for model in guarded()} == forced
    found: dict[str, set[str]] = {}
    for table, policy in session.execute("SELECT tablename, policyname FROM pg_policies"):
        found.setdefault(table, set()).add(policy)
    assert found == dict.fromkeys(forced, POLICIES)


def test_only_the_owner_and_the_application_are_named_by_policies(session: psycopg.Connection) -> None:
    named = "SELECT DISTINCT array_to_string(roles, ',') FROM pg_policies WHERE policyname %s 'wall_owner'"
    assert column(session, named % "=") == {"accord"} | column(
        session, "SELECT tableowner FROM pg_tables WHERE schemaname = 'public'"
    )
    assert column(session, named % "<>") == {APPLICATION}


def test_the_application_is_nobody_in_particular(session: psycopg.Connection) -> None:
    powers = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    (held,) = session.execute(f"SELECT ARRAY[{powers}] FROM pg_roles WHERE rolname = current_user").fetchall()
    assert held == ([False] * 5,)
    assert not column(session, "SELECT roleid::regrole FROM pg_auth_members WHERE member = current_user::regrole")
    owns = "SELECT classid::regclass FROM pg_shdepend WHERE refobjid = current_user::regrole AND deptype = 'o'"
    assert not column(session, owns)
    assert not column(session, "SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')")
    assert not column(session, "SELECT 1 WHERE has_database_privilege(current_database(), 'CREATE, TEMPORARY')")
    assert not column(
        session, "SELECT lanname FROM pg_language WHERE lanpltrusted AND has_language_privilege(oid, 'USAGE')"
    )


def test_it_has_no_more_rights_on_tables_than_to_read_and_write_rows(session: psycopg.Connection) -> None:
    more = "SELECT relname FROM pg_class WHERE relnamespace = ANY ('{public,wall}'::regnamespace[]) AND relkind = 'r' "
    more += "AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')"
    assert column(session, more) <= FILLED_BY_DJANGO
    everybody = (
        "SELECT relname FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND grantee = 0"
    )
    assert not column(session, everybody)


def test_what_is_written_once_gives_no_right_to_change_it(session: psycopg.Connection) -> None:
    once = column(
        session,
        "SELECT tgrelid::regclass FROM pg_trigger "
        "WHERE tgname LIKE '%%_write_once' AND tgfoid = 'accord_refuse_change'::regproc",
    )
    assert "audit_entry" in once
    for table in once:
        rights = "UPDATE, DELETE" if table.startswith("audit_") else "UPDATE"  # a trigger keeps the others
        assert not column(session, "SELECT 1 WHERE has_table_privilege(%s, %s)", table, rights)


def test_views_look_with_the_eyes_of_who_asks(session: psycopg.Connection) -> None:
    views = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace "
    assert not column(session, views + "AND NOT coalesce(reloptions @> '{security_invoker=true}', false)")


def test_every_function_of_ours_is_known_and_minds_its_search_path(session: psycopg.Connection) -> None:
    found = list(session.execute(OWN_FUNCTIONS))
    callable_ = {
        name
        for name, oid, *_rest in found
        if column(session, "SELECT 1 WHERE has_function_privilege(%s, 'EXECUTE')", oid)
    }
    assert callable_ == set(CALLED)
    assert not [
        name
        for name, _oid, definer, config, _kind in found
        if definer and "search_path=pg_catalog, pg_temp" not in config
    ]
    triggers = {name for name, *_rest, kind in found if kind == "trigger"}
    assert {name for name, reason in CALLED.items() if reason.startswith("a trigger")} == triggers


def test_the_key_is_the_owners(session: psycopg.Connection) -> None:
    assert refused(session, "SELECT * FROM wall.key")
    with login(OWNER) as owner:
        assert column(owner, "SELECT count(*) FROM wall.key") == {"1"}


def test_the_mission_alone_says_what_its_markings_are(session: psycopg.Connection) -> None:
    """Nobody opens a compartment from within a use case, not even by changing what lies in it."""
    ways = (
        "SELECT tablename FROM pg_policies WHERE policyname = %s AND coalesce(with_check, qual) LIKE '%%= ''system''%%'"
    )
    for policy in ("wall_add", "wall_change", "wall_remove"):
        assert column(session, ways, policy) == OF_THE_SOFTWARE


def test_statements_are_bound_by_the_server(db: None) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="cannot insert multiple commands"):
        cursor.execute("SELECT %s; SELECT 2", ["1"])


def test_nobody_sees_what_others_ask(session: psycopg.Connection) -> None:
    assert refused(session, "SELECT * FROM pg_stat_activity")
    assert refused(session, "SELECT * FROM pg_stat_get_activity(NULL)")
