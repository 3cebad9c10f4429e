"""Every change is a use case that leaves a row in the trail."""

import ast

from tests.architecture.source import Module, called_name, calls, functions, modules_of, writes_records

# Doors that a use case opens inside its own transaction; they are no use cases themselves.
# Sessions and tries are written before it is known who is there, or at every request: the trail has no room for them.
INNER_DOORS = {
    "accord.access.services.sessions.drop",
    "accord.access.services.sessions.drop_all_but",
    "accord.access.services.sessions.keep",
    "accord.access.services.sessions.opened",
    "accord.access.services.sessions.rekey",
    "accord.access.services.sessions.sweep",
    "accord.access.services.tries.counted",
    "accord.access.services.tokens.note_use",  # reading with a token changes nothing but when it was last used
    "accord.access.services.identities.end_sessions",
    "accord.audit.services.record",
    "accord.audit.services.seal_waiting",  # a line about it would have to be sealed in turn
    "accord.coordination.services.book",
    "accord.coordination.services.release",
    "accord.notices.services.tell",
}


def test_what_writes_is_a_use_case_or_a_known_inner_door() -> None:
    others = {
        f"{module.name}.{function.name}"
        for module in modules_of("services")
        for function in functions(module)
        if not _is_use_case(function) and any(writes_records(call) for call in calls(function))
    }
    assert others <= INNER_DOORS


def test_every_use_case_writes_to_the_trail() -> None:
    silent = [
        f"{module.name}.{function.name}"
        for module in modules_of("services")
        for function in functions(module)
        if _is_use_case(function) and not _records(function, module, set())
    ]
    assert not silent


def test_every_use_case_says_what_it_does() -> None:
    use_cases = [(m, f) for m in modules_of("services") for f in functions(m) if _is_use_case(f)]
    assert not [f"{module.name}.{function.name}" for module, function in use_cases if not ast.get_docstring(function)]


def _is_use_case(function: ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Call) and called_name(d) == "use_case" for d in function.decorator_list)


def _records(function: ast.FunctionDef, module: Module, seen: set[str]) -> bool:
    """It calls `record`, or a function beside it that does."""
    names = {called_name(call) for call in calls(function)}
    if "record" in names:
        return True
    nearby = [f for f in module.tree.body if isinstance(f, ast.FunctionDef) and f.name in names - seen]
    return any(_records(near, module, seen | names) for near in nearby)
