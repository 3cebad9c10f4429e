"""The product's own source, as the architecture tests read it."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "accord"


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(PACKAGE.parent).with_suffix("").parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    return tuple(m for m in map(Module, sorted(PACKAGE.rglob("*.py"))) if not m.is_migration)


def modules_of(kind: str) -> Iterator[Module]:
    """All `services`, say: the module of that name in every context, or what it was split into."""
    return (m for m in modules() if kind in {m.path.stem, m.path.parent.name})


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The order of the house, from the roof down."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["accord"]["layers"]
    return tuple(tuple(layer) for layer in table)


def height(context: str) -> int:
    """The floor a context stands on; the kernel's is 0."""
    return next(floor for floor, layer in enumerate(reversed(layers())) if context in layer)


WRITING = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def writes_records(call: ast.Call) -> bool:
    """`Thing.objects....create(...)`, `.update(...)`, `.delete()`: a write through a manager, long as it may be."""
    if called_name(call) not in WRITING | {"update"}:
        return False
    return any(isinstance(node, ast.Attribute) and node.attr == "objects" for node in ast.walk(call.func))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def functions(module: Module) -> Iterator[ast.FunctionDef]:
    """Those that others may call."""
    return (n for n in module.tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def called_name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
