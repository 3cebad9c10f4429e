"""Keep the catalogues of translations in step with the source.

Without an option: add what is new to every catalogue and drop what is gone. With --check: change nothing, and name
every text that has no translation, or one that lost a slot.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "accord"
CATALOGUES = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/django.po"))
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
SLOT = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def main() -> int:
    if "--check" in sys.argv:
        problems = [problem for path in CATALOGUES for problem in check(path)]
        print("\n".join(problems) or f"{len(CATALOGUES)} catalogue(s) complete")
        return 1 if problems else 0
    for path in CATALOGUES:
        update(path)
    return 0


def source() -> Catalog:
    found = Catalog(charset="utf-8")
    for file, _line, message, _comments, context in extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS):
        found.add(message, locations=[(file, 1)], context=context)
    return found


def check(path: Path) -> Iterator[str]:
    catalogue, name = _read(path), path.relative_to(ROOT)
    for message in source():
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        if known is None or not _translated(known):
            yield f"{name}: not translated: {message.id!r} ({message.locations[0][0]})"
        elif known.fuzzy:
            yield f"{name}: only guessed: {message.id!r}"
        elif not _keeps_slots(known):
            yield f"{name}: the translation lost a slot: {message.id!r}"


def update(path: Path) -> None:
    catalogue = _read(path)
    catalogue.update(source(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    path.write_bytes(written.getvalue())


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def _translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(texts)


def _keeps_slots(message: Message) -> bool:
    """Plural forms may leave the number out: Arabic says 'two days' in one word."""
    if not isinstance(message.id, str):
        return True
    return sorted(SLOT.findall(message.id)) == sorted(SLOT.findall(str(message.string)))


if __name__ == "__main__":
    sys.exit(main())
