from typing import Any, ClassVar

from django.db import models

from accord.kernel.keys import new_key
from accord.places.choices import PlaceKind
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Place(models.Model):
    """``outline`` is GeoJSON geometry in WGS 84 degrees; ``latitude`` and ``longitude`` mark the label or site."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    name = models.JSONField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    iso = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    outline = models.JSONField(null=True)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Place"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class PlaceAlias(models.Model):
    """Another spelling; ``folded`` is its spelling-blind form."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)

    objects: ClassVar[Guarded["PlaceAlias"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["place", "folded"], name="place_alias_once")
        ]

    def __str__(self) -> str:
        return self.text
