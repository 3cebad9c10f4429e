"""Days are counted in the mission's own time zone, as its files say; the setting counts until a mission is loaded."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accord.kernel import clock
from accord.mandate.queries import mission_shown


def use_mission_zone() -> None:
    """For commands and workers: after the database is up, and again after a mission is loaded."""
    mission = mission_shown()
    if mission:
        clock.use_zone(mission.time_zone)
    timezone.activate(clock.zone())


class MissionZone:
    """For pages: every request reads and writes days as the mission counts them."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer
        self.known = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.known:
            use_mission_zone()
            self.known = mission_shown() is not None
        timezone.activate(clock.zone())
        return self.answer(request)
