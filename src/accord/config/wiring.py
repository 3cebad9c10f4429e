"""Who listens to whom: events of a context below, use cases of a context above."""

from accord.advising.jobs import on_ground_shifted
from accord.audit.events import listen
from accord.mandate.events import GroundShifted


def wire() -> None:
    listen(GroundShifted, on_ground_shifted)
