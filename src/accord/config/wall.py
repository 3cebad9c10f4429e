"""The wall around requests and commands: until it is known who is there, everybody is the public."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connections
from django.http import HttpRequest, HttpResponse

from accord.config import postgres
from accord.kernel.actor import PUBLIC
from accord.wall.install import install
from accord.wall.standing import standing

OWNER = "owner"


def migrate(*, verbosity: int = 1, plan: bool = False) -> None:
    """Bring the tables to the state this version needs and put the wall up, as the owner of the tables."""
    call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity, plan=plan)
    if not plan:
        install(connections[OWNER], app=postgres.application_role())
        connections[OWNER].close()


class PublicStanding:
    """A request begins as the public's, which is also how pages of errors are made."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with standing(PUBLIC):
            return self.answer(request)
