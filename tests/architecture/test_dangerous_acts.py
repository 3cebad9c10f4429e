"""What binds others or opens a way in is reached from pages only by somebody who has just shown who he is."""

import ast
from collections.abc import Iterator

from accord.audit.usecase import REGISTRY
from tests.architecture.source import PACKAGE, Module, called_name, calls, modules

# Use cases whose pages are declared `@page(..., proven=True)`. Whoever adds a dangerous one adds it here.
DANGEROUS = {
    "access.answer_emergency",
    "access.answer_grant",
    "access.mark_record",
    "people.let_into_compartment",
    "vetting.decide_vetting",
    "vetting.take_into_check",
    "access.add_passkey",
    "access.confirm_code_app",
    "access.prepare_code_app",
    "access.remove_code_app",
    "access.remove_credentials",
    "access.remove_passkey",
    "access.renew_recovery_codes",
    "mandate.sign_accord",
    "publishing.correct_edition",
    "publishing.publish_edition",
    "publishing.publish_history",
}
NAMES = {name.partition(".")[2] for name in DANGEROUS}


def test_dangerous_use_cases_are_use_cases() -> None:
    assert set(REGISTRY) >= DANGEROUS


def test_pages_that_do_something_dangerous_ask_who_is_there() -> None:
    reached = {name for m in _pages() for view in _views(m) for name in _reach(view, m, set())}
    assert reached >= NAMES, "a dangerous use case without a page: has it another name by now?"
    careless = [m.at(view) for m in _pages() for view in _views(m) if _reach(view, m, set()) and not _is_proven(view)]
    assert not careless


def test_the_test_would_notice() -> None:
    module = next(m for m in _pages() if m.name.endswith("mandate.consent"))
    views = {view.name: view for view in _views(module)}
    assert _reach(views["sign"], module, set()) == {"sign_accord"}
    assert not _reach(views["suspend"], module, set())
    assert not _is_proven(views["suspend"])


def _pages() -> list[Module]:
    return [module for module in modules() if PACKAGE / "web" in module.path.parents]


def _views(module: Module) -> Iterator[ast.FunctionDef]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and any(_page(d) for d in node.decorator_list):
            yield node


def _page(decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Name):
        return decorator.id == "public_page"
    return isinstance(decorator, ast.Call) and called_name(decorator) == "page"


def _is_proven(view: ast.FunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call)
        and any(k.arg == "proven" and getattr(k.value, "value", False) is True for k in d.keywords)
        for d in view.decorator_list
    )


def _reach(function: ast.AST, module: Module, seen: set[str]) -> set[str]:
    """The dangerous use cases it calls, itself or through functions beside it."""
    names = {called_name(call) for call in calls(function)}
    near = [f for f in module.tree.body if isinstance(f, ast.FunctionDef) and f.name in names - seen - NAMES]
    return (names & NAMES).union(*(_reach(one, module, seen | names) for one in near))
