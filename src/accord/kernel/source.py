"""Where a fact comes from. Every fact the product shows can name its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SourceKind = Literal["seed", "public", "instrument", "record", "illustrative"]


@dataclass(frozen=True, slots=True)
class Source:
    """``ref`` is a seed clause (S12a), a page address, or an instrument's name; ``kind`` says which."""

    kind: SourceKind
    ref: str = ""

    @classmethod
    def of(cls, value: Mapping[str, Any] | None) -> "Source":
        value = value or {}
        return cls(value.get("kind", "record"), value.get("ref", ""))

    def plain(self) -> dict[str, str]:
        return {"kind": self.kind, "ref": self.ref}
