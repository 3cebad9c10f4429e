"""Who listens to whom: events of a context below, use cases of a context above. And which rules guard which tables."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accord.access.events import EmergencyAllowed, EmergencyAsked, RoleGranted
from accord.advising.jobs import on_ground_shifted
from accord.audit.events import listen
from accord.mandate.events import GroundShifted
from accord.mandate.jobs import on_tour_began
from accord.notices.jobs import on_emergency_allowed, on_emergency_asked
from accord.people.events import TourBegan
from accord.people.jobs import on_role_granted
from accord.wall.tables import guard


def wire() -> None:
    listen(EmergencyAsked, on_emergency_asked)
    listen(EmergencyAllowed, on_emergency_allowed)
    listen(GroundShifted, on_ground_shifted)
    listen(RoleGranted, on_role_granted)
    listen(TourBegan, on_tour_began)


def put_guards() -> None:
    """Every context says in ``visibility.py`` who may read its tables."""
    for context in apps.get_app_configs():
        if context.name.startswith("accord.") and context.module and module_has_submodule(context.module, "visibility"):
            guard(import_module(f"{context.name}.visibility").RULES)
