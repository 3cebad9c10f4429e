from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from accord.kernel.keys import new_key
from accord.people.choices import NationStatusKind
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Nation(models.Model):
    """``code`` is ISO 3166-1 alpha-3."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.CharField(max_length=3, unique=True)
    name = models.JSONField()
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Nation"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class NationStatus(models.Model):
    """What a nation is to the mission, for a period: Ally, partner or host (S17)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    nation = models.ForeignKey(Nation, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20, choices=NationStatusKind)
    period = DateRangeField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["NationStatus"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="nation_one_status_at_a_time",
                expressions=[("nation", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.nation}: {self.get_status_display()}"


class Contribution(models.Model):
    """A nation contributes to the mission for a period. Sizes are never public and not kept here."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    nation = models.ForeignKey(Nation, on_delete=models.CASCADE, related_name="contributions")
    period = DateRangeField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Contribution"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="contribution_no_overlap",
                expressions=[("nation", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return str(self.nation)
