"""Django's sessions on our own table: the key stands in the cookie alone, the database holds its keyed hash.

``SessionStore`` ends a session after half an hour of silence and after twelve hours in any case, and gives it another
key without giving it more time. What its list shows (method, browser) lies beside the data, not in it.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase, UpdateError
from django.utils.crypto import get_random_string

from accord.access.limits import is_fresh
from accord.access.sealing import keyed_hash
from accord.access.services import sessions
from accord.kernel.clock import now

BESIDE = ("method", "browser", "stepped_up_at")
CREATED = "created_at"


class SessionStore(SessionBase):
    def exists(self, session_key: str) -> bool:
        return sessions.is_kept(_digest(session_key))

    def create(self) -> None:
        self.items()  # loads what there is, while the key still tells where
        self._session_key = _new_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = dict(self.items())
        data.pop(CREATED, None)
        beside = {name: data.pop(name) for name in BESIDE if name in data}
        kept = sessions.keep(
            _digest(self.session_key), self.encode(data), data.get(SESSION_KEY), beside, is_new=must_create
        )
        if not kept:
            raise UpdateError  # it was ended meanwhile, and stays so

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            sessions.drop(_digest(key))

    def load(self) -> dict[str, Any]:
        found = sessions.opened(_digest(self.session_key or ""))
        if found is None:
            self._session_key = None
            return {}
        beside = {name: getattr(found, name) for name in (*BESIDE, CREATED)}
        return {**self.decode(found.data), **{name: value for name, value in beside.items() if value}}

    def cycle_key(self) -> None:
        """Another key for the same session: what it holds and when it ends stay."""
        self.items()
        before = self.session_key
        if before is None:
            self.create()
            return
        self._session_key = after = _new_key()
        if not sessions.rekey(_digest(before), _digest(after)):
            raise UpdateError
        self.modified = True

    @classmethod
    def clear_expired(cls) -> None:
        sessions.sweep()


def here(session: SessionBase) -> str:
    """What the list of sessions knows this one by."""
    return _digest(session.session_key or "")


def is_proven(session: SessionBase) -> bool:
    """Whether its holder has shown within the last minutes who he is: by signing in, or again since."""
    proven_at: datetime | None = session.get("stepped_up_at") or session.get(CREATED)
    return is_fresh(proven_at, now())


def prove(session: SessionBase) -> None:
    session["stepped_up_at"] = now()
    session.cycle_key()


def _new_key() -> str:
    return get_random_string(32, VALID_KEY_CHARS)  # of 36 letters and digits: 165 bits


def _digest(key: str) -> str:
    return keyed_hash("session", key)
