"""Budgets that may only shrink. Statements in a function, branches and inline imports are ruff's to count."""

import ast
import re
import statistics

from django.apps import apps

from tests.architecture.source import modules

MODULE_LINES = 400
MODULE_LINES_P95 = 300
MODEL_FIELDS = 25
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "shared", "managers", "signals"}
# Each has its reason beside it: a heavy library that most processes never use, or an order that Django demands.
INLINE_IMPORTS = {"accord.config.apps": 1, "accord.config.serving": 1, "accord.publishing.pdf": 1}


def test_no_module_is_too_long() -> None:
    lengths = {module.name: len(module.text.splitlines()) for module in modules()}
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}
    assert statistics.quantiles(lengths.values(), n=20)[-1] <= MODULE_LINES_P95


def test_no_module_is_named_after_nothing() -> None:
    # Django looks for a database backend in a module of this name.
    named = [m.name for m in modules() if FORBIDDEN_NAMES & set(m.name.split("."))]
    assert named == ["accord.wall.backend.base"]


def test_no_model_is_too_wide() -> None:
    wide = {
        model.__name__: len(model._meta.local_fields)
        for model in apps.get_models()
        if model.__module__.startswith("accord.") and len(model._meta.local_fields) > MODEL_FIELDS
    }
    assert not wide


def test_inline_imports_are_those_listed() -> None:
    found = {
        module.name: sum(
            isinstance(node, ast.Import | ast.ImportFrom)
            for function in ast.walk(module.tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        )
        for module in modules()
    }
    assert {name: count for name, count in found.items() if count} == INLINE_IMPORTS


def test_nothing_is_left_open() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert not [module.name for module in modules() if marks.search(module.text)]
