"""A person sends a form to an address; what came of it."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accord.kernel.actor import Actor
from accord.wall.standing import standing
from tests.authz_writes import ledger
from tests.authz_writes.cases import CASES, Case
from tests.authz_writes.forms import Values, filled, form_for
from tests.authz_writes.ledger import Change, Rows
from tests.authz_writes.stage import Stage

NOBODY = {"anonymous", "deactivated", "tour-over", "token"}
ELSEWHERE = "ffffffff-ffff-4fff-8fff-ffffffffffff"


def addresses(patterns: Any = None) -> Iterator[str]:
    """The name of every address there is."""
    found: list[URLPattern | URLResolver] = get_resolver().url_patterns if patterns is None else patterns
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield str(pattern.name)


def _encoded(values: dict[str, Any]) -> bytes:
    """As a browser sends it, and as none would: half characters go through."""
    pairs = [(name, value) for name, found in values.items() for value in found]
    return urlencode([(_raw(name), _raw(value)) for name, value in pairs]).encode()


def _raw(text: Any) -> bytes:
    return str(text).encode(errors="surrogatepass")


@dataclass(frozen=True)
class Outcome:
    answer: Any
    changes: tuple[Change, ...]

    @property
    def status(self) -> int:
        return int(self.answer.status_code)

    @property
    def is_clear(self) -> bool:
        """A page that says something, or the way to one; never a breakdown."""
        return not is_broken(self.status) and (bool(self.answer.content) or self.status in {200, 302, 405})


def is_broken(status: int) -> bool:
    """A provider that does not answer is told as such (502), and is not ours."""
    return status >= 500 and status != 502


class Matrix:
    """The stage, and what its database held before anybody tried anything."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.base: Rows = ledger.rows(ledger.models())
        self._hidden: dict[str, dict[str, set[str]]] = {}
        self.known: dict[str, Actor] = {}
        self._forms: dict[tuple[str, str], Values] = {}

    def send(self, persona: str, path: str, values: dict[str, Any]) -> Outcome:
        """Send it as this persona and undo all that came of it."""
        client = self.stage.clients[persona]
        cookies = deepcopy(client.cookies)
        try:
            with ledger.undone() as touched:
                answer = client.post(path, values)
                return Outcome(answer, tuple(ledger.changes(self.base, touched())))
        finally:
            client.cookies = cookies

    def posted(self, persona: str, path: str, values: dict[str, Any]) -> Any:
        """The answer alone."""
        client = self.stage.clients[persona]
        cookies = deepcopy(client.cookies)
        with ledger.undone():
            answer = client.generic("POST", path, _encoded(values), "application/x-www-form-urlencoded")
        client.cookies = cookies
        return answer

    @staticmethod
    def why(answer: Any) -> str:
        """What broke, in a line."""
        found = getattr(answer, "exc_info", None)
        return repr(found[1])[:300] if found else ""

    def path(self, route: str) -> str:
        return reverse(route, kwargs=self.case(route).kwargs(self.stage))

    def case(self, route: str) -> Case:
        return CASES.get(route) or Case("anonymous")

    def form(self, route: str, persona: str) -> Values:
        """What this persona would send: the form on the page he is shown, else the one somebody who may is shown."""
        if (route, persona) not in self._forms:
            self._forms[route, persona] = self._form(route, persona)
        return {name: list(found) for name, found in self._forms[route, persona].items()}

    def _form(self, route: str, persona: str) -> Values:
        case = self.case(route)
        values: Values = {}
        for who in dict.fromkeys([case.by] if persona in NOBODY else [persona, case.by]):
            values = self._shown(route, who)
            if values:
                break
        said = {**case.says, **case.asks(self.stage)}
        return {**values, **{name: [str(value)] for name, value in said.items()}}

    def _shown(self, route: str, persona: str) -> Values:
        client, path = self.stage.clients[persona], self.path(route)
        cookies = deepcopy(client.cookies)
        with ledger.undone():
            answer = client.get(path)
        client.cookies = cookies
        found = form_for(answer.content.decode(errors="replace"), path) if answer.status_code == 200 else None
        return filled(found) if found else {}

    def hidden(self, persona: str) -> dict[str, set[str]]:
        """By table, the keys of rows this persona cannot read."""
        if persona not in self._hidden:
            with standing(self.stage.actor(persona)):
                seen = ledger.visible()
            self._hidden[persona] = {table: set(rows) - seen[table] for table, rows in self.base.items()}
        return self._hidden[persona]

    def unseen(self, persona: str) -> set[str]:
        """The same, of all tables together; a key that several tables share counts as seen if one of them shows it."""
        hidden = self.hidden(persona)
        shown = {key for table, rows in self.base.items() for key in rows if key not in hidden[table]}
        return set().union(*hidden.values()) - shown
