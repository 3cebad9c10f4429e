"""Write the parts of the documentation that the code itself knows. With --check: change nothing, name what is stale."""

import importlib
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import django

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
    """The fields that hold something of a person, and every place that points to a person or to an account."""
    apps = importlib.import_module("django.apps").apps
    persons = {apps.get_model("people", "Person"), apps.get_model("access", "Account")}
    own = [*persons, apps.get_model("people", "Identity"), apps.get_model("people", "Contact")]
    lines = ["# Where persons are in the database", "", "| table | field | what |", "|---|---|---|"]
    for model in sorted(own, key=lambda model: model._meta.label):
        fields = ", ".join(f"`{field.column}`" for field in model._meta.local_fields)
        lines.append(f"| `{model._meta.db_table}` | {fields} | {_first_sentence(model.__doc__)} |")
    others = (m for m in apps.get_models() if m.__module__.startswith("accord.") and m not in own)
    for model in sorted(others, key=lambda model: model._meta.label):
        links = [field for field in model._meta.local_fields if field.related_model in persons]
        names = "`, `".join(field.column for field in links)
        kinds = " and ".join(sorted({field.related_model.__name__.lower() for field in links}))
        lines += [f"| `{model._meta.db_table}` | `{names}` | leads to {kinds} |"] if links else []
    return "\n".join(lines)


def _first_sentence(text: str | None) -> str:
    return re.split(r"(?<=[.:])\s", " ".join((text or "").split()))[0]


PAGES: dict[str, Callable[[], str]] = {
    "contexts.md": contexts,
    "use-cases.md": use_cases,
    "roles.md": roles,
    "workflows.md": workflows,
    "personal-data.md": personal_data,
}

if __name__ == "__main__":
    sys.exit(main())
