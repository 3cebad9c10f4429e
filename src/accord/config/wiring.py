"""Who listens to whom: events of a context below, use cases of a context above."""

from accord.access.events import EmergencyAllowed, EmergencyAsked
from accord.advising.jobs import on_ground_shifted
from accord.audit.events import listen
from accord.mandate.events import GroundShifted
from accord.notices.jobs import on_emergency_allowed, on_emergency_asked


def wire() -> None:
    listen(EmergencyAsked, on_emergency_asked)
    listen(EmergencyAllowed, on_emergency_allowed)
    listen(GroundShifted, on_ground_shifted)
