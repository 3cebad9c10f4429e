"""What the database may hold: keys that cannot be guessed, and no word about operations, targets or intelligence."""

import re

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("accord.")]
# S5b: the mission is non-combat, so there is no place in its records where such a thing could be written down.
UNTHINKABLE = re.compile(
    r"target|weapon|ammunition|track(?!_record)|intel|sortie|strike|enemy|threat_actor|grid_ref|coordinate_fix"
    r"|firing|casualt|biometric|surveill|patrol|raid|rules_of_engagement",
)
# Words of that list that mean something else here.
INNOCENT = re.compile(
    r"Step\.target$"  # the state a step leads to
    r"|^objectives\.Indicator\.target$"  # the value an indicator shall reach
    r"|^people\.Relation\.target_id$"  # the organisation a relation leads to
)


def test_every_key_is_a_uuid() -> None:
    assert not [model._meta.label for model in OUR_MODELS if not isinstance(_key(model), models.UUIDField)]


def _key(model: type[models.Model]) -> object:
    """The field that holds the value: a part kept apart has the key of its whole."""
    key = model._meta.pk
    return key.target_field if isinstance(key, models.ForeignKey) else key


def test_no_record_has_room_for_operations_or_intelligence() -> None:
    names = [
        name
        for model in OUR_MODELS
        for name in (model._meta.db_table, *(f"{model._meta.label}.{f.column}" for f in model._meta.local_fields))
    ]
    assert not [name for name in names if UNTHINKABLE.search(name.lower()) and not INNOCENT.search(name)]


def test_the_schema_test_would_notice() -> None:
    assert UNTHINKABLE.search("target_list")
    assert UNTHINKABLE.search("intelligence_report")


def test_models_and_migrations_agree() -> None:
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    ours = {app for app in changes if apps.get_app_config(app).name.startswith("accord.")}
    assert not ours, "run: make migrations"
