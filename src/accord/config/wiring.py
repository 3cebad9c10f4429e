"""Who listens to whom: events of a context below, use cases of a context above."""

from accord.access.events import RoleGranted
from accord.advising.jobs import on_ground_shifted
from accord.audit.events import listen
from accord.mandate.events import GroundShifted
from accord.mandate.jobs import on_tour_began
from accord.people.events import TourBegan
from accord.people.jobs import on_role_granted


def wire() -> None:
    listen(GroundShifted, on_ground_shifted)
    listen(RoleGranted, on_role_granted)
    listen(TourBegan, on_tour_began)
