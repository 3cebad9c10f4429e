"""Write the parts of the documentation that the code itself knows. With --check: change nothing, name what is stale."""

import importlib
import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import django

from accord.kernel.privacy import BASES, Held, Kind, Purpose

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "accord"
TARGET = ROOT / "docs" / "generated"
LAYERS: list[list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["accord"]["layers"]
NOTE = "<!-- Written by `make docs` from the code. Do not edit. -->\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    django.setup()
    pages = {name: f"{NOTE}\n{write()}\n" for name, write in PAGES.items()}
    stale = [name for name, text in pages.items() if _present(name) != text]
    if "--check" in sys.argv:
        print(
            "\n".join(f"docs/generated/{name} is not up to date; run: make docs" for name in stale) or "docs up to date"
        )
        return 1 if stale else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (TARGET / name).write_text(pages[name])
    return 0


def _present(name: str) -> str:
    return (TARGET / name).read_text() if (TARGET / name).exists() else ""


def _modules(kind: str) -> Iterator[tuple[str, object]]:
    """A module of that name, or the modules it was split into, in every context from the roof down."""
    for context in (name for layer in LAYERS for name in layer):
        for path in sorted([*PACKAGE.glob(f"{context}/{kind}.py"), *PACKAGE.glob(f"{context}/{kind}/*.py")]):
            yield context, importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))


def contexts() -> str:
    lines = ["# The house, from the roof down", "", "A context uses only what stands below it.", ""]
    for layer in LAYERS:
        for name in layer:
            says = (importlib.import_module(f"accord.{name}").__doc__ or "").strip()
            lines += [f"## {name}", "", says, ""]
    return "\n".join(lines).rstrip()


def use_cases() -> str:
    for _context, _module in _modules("services"):
        pass  # importing a module registers its use cases
    registry = importlib.import_module("accord.audit.usecase").REGISTRY
    lines = [
        "# Everything that can be done",
        "",
        "| context | use case | permission | what it does |",
        "|---|---|---|---|",
    ]
    entries = sorted(registry.values(), key=lambda entry: (entry.module, entry.name))
    lines += [f"| {e.module} | `{e.name}` | `{e.permission}` | {e.summary} |" for e in entries]
    return "\n".join(lines)


def roles() -> str:
    table = importlib.import_module("accord.config.roles").ROLES
    role_names = list(importlib.import_module("accord.access.choices").Role)
    lines = [
        "# Who may do what",
        "",
        f"| permission | {' | '.join(str(role.label) for role in role_names)} |",
        f"|---|{'---|' * len(role_names)}",
    ]
    for _context, module in _modules("permissions"):
        permissions: type[StrEnum] = module.Permission  # type: ignore[attr-defined]
        for permission in permissions:
            marks = " | ".join("●" if permission in table[role] else "" for role in role_names)
            lines.append(f"| `{permission}` | {marks} |")
    return "\n".join(lines)


def workflows() -> str:
    workflow_type = importlib.import_module("accord.kernel.workflow").Workflow
    lines = ["# How states change"]
    for context, module in _modules("workflow"):
        for workflow in (value for value in vars(module).values() if isinstance(value, workflow_type)):
            lines += ["", f"## {workflow.name} ({context})", "", "```mermaid", "stateDiagram-v2"]
            for step in workflow.steps:
                lines += [f"    {origin} --> {step.target}: {step.name}" for origin in sorted(step.origins)]
            lines += ["```", "", "| step | may be taken by who holds |", "|---|---|"]
            lines += [f"| {step.name} | `{step.permission}` |" for step in workflow.steps]
    return "\n".join(lines)


def personal_data() -> str:
    held: tuple[Held, ...] = importlib.import_module("accord.config.privacy").holdings()
    fields = [(one, name, kind) for one in held for name, kind in one.pairs]
    tables, personal = {one.table for one in held}, {one.table for one in held if one.rule}
    lines = [
        "# Register of personal data",
        "",
        (
            f"{sum(kind.is_personal for _one, _name, kind in fields)} of {len(fields)} fields, in {len(personal)} of "
            f"{len(tables)} tables, tell something of a person. What to do with a new field: "
            "[personal data](../privacy.md)."
        ),
    ]
    for purpose in Purpose:
        rules = [(one, one.rule) for one in held if one.rule and one.rule.purpose == purpose]
        if rules:
            lines += ["", f"## {purpose}", "", f"Basis: {BASES[purpose]}.", ""]
            lines += ["| table | what is kept | fields | how long | and then |", "|---|---|---|---|---|"]
            lines += [f"| `{o.table}` | {o.what} | {_by_kind(o)} | {rule.keep} | {rule.erase} |" for o, rule in rules]
    lines += ["", "## Nothing about people", "", "| table | fields |", "|---|---|"]
    for table in sorted(tables - personal):
        lines.append(f"| `{table}` | {', '.join(f'`{name}`' for one, name, _kind in fields if one.table == table)} |")
    return "\n".join(lines)


def _by_kind(held: Held) -> str:
    said = ((kind, held.fields[kind].split()) for kind in Kind if kind in held.fields)
    return "<br>".join(f"{kind}: {', '.join(f'`{name}`' for name in names)}" for kind, names in said)


PAGES: dict[str, Callable[[], str]] = {
    "contexts.md": contexts,
    "use-cases.md": use_cases,
    "roles.md": roles,
    "workflows.md": workflows,
    "personal-data.md": personal_data,
}

if __name__ == "__main__":
    sys.exit(main())
