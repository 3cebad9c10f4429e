"""The order of the house, where an import linter cannot see it."""

from django.apps import apps
from django.db import models

from tests.architecture.source import PACKAGE, height, layers, modules

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("accord.")]


def test_every_folder_stands_in_the_order_and_every_name_is_a_folder() -> None:
    folders = {item.name for item in PACKAGE.iterdir() if (item / "__init__.py").exists()}
    assert folders - {"locale"} == {name for layer in layers() for name in layer}


def test_no_relation_points_upward() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label != model._meta.app_label
        and height(field.related_model._meta.app_label) >= height(model._meta.app_label)
    ]
    assert not upward


def test_nothing_is_announced_by_signals() -> None:
    guilty = [
        module.name for module in modules() if "django.dispatch" in module.text or "db.models.signals" in module.text
    ]
    assert not guilty


def test_every_context_says_what_it_is() -> None:
    silent = [m.name for m in modules() if m.path.parent.parent == PACKAGE and m.path.stem == "__init__" and not m.text]
    assert not silent
