"""Who may touch the database: services write, queries read, pages do neither."""

import ast

from tests.architecture.source import (
    PACKAGE,
    WRITING,
    Module,
    called_name,
    calls,
    modules,
    modules_of,
    writes_records,
)

ASKING = {"objects", "_meta", "filter", "exclude", "select_related", "prefetch_related", "raw", "cursor"}


def test_pages_never_speak_to_the_database() -> None:
    pages = [module for module in modules() if PACKAGE / "web" in module.path.parents]
    spoken = [
        module.at(node)
        for module in pages
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in ASKING | WRITING) or _imports_database(node)
    ]
    assert not spoken


def test_rules_need_no_database() -> None:
    assert not [m.at(n) for m in modules_of("rules") for n in ast.walk(m.tree) if _imports_database(n)]


def test_reading_changes_nothing() -> None:
    writes = [m.at(c) for kind in ("queries", "rules") for m in modules_of(kind) for c in calls(m.tree) if _writes(c)]
    assert not writes


def test_records_change_only_in_services_and_jobs() -> None:
    elsewhere = [m for m in modules() if not _may_write(m)]
    assert not [module.at(call) for module in elsewhere for call in calls(module.tree) if writes_records(call)]


def _may_write(module: Module) -> bool:
    places = {module.path.stem, module.path.parent.name}
    return bool(places & {"services", "jobs"}) or PACKAGE / "exchange" in module.path.parents


def _writes(call: ast.Call) -> bool:
    return called_name(call) in WRITING or writes_records(call)


def _imports_database(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(("django.db", "psycopg"))
    return isinstance(node, ast.Import) and any(a.name.startswith(("django.db", "psycopg")) for a in node.names)
