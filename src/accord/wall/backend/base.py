from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.pq import TransactionStatus

from accord.wall import signing
from accord.wall.standing import claims, current

UNKNOWN = "?"
PRESENT = "SELECT set_config('accord.standing', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    """What was presented belongs to the session of the server, which a pool hands from one request to another."""

    _presented: ClassVar["WeakKeyDictionary[Connection[Any], str]"] = WeakKeyDictionary()

    def create_cursor(self, name: str | None = None) -> Any:
        self._present()
        return super().create_cursor(name)

    def _present(self) -> None:
        session, now = self.connection, current()
        told = claims(now) if now else ""
        if self._presented.get(session, UNKNOWN) == told:
            return
        if session.info.transaction_status == TransactionStatus.INERROR:
            return  # nothing but a rollback is accepted now
        with session.cursor() as cursor:
            cursor.execute(PRESENT, [signing.signed(told, session.info.backend_pid) if told else ""])
        self._presented[session] = told

    # A rollback also takes back what was presented since.

    def _rollback(self) -> Any:
        self._forget()
        return super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._forget()

    def _forget(self) -> None:
        if self.connection is not None:
            self._presented[self.connection] = UNKNOWN
