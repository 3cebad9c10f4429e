from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from accord.kernel.keys import new_key
from accord.people.models.nations import Nation
from accord.people.models.organisations import Organisation
from accord.people.models.persons import Person
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Position(models.Model):
    """A billet on the mission's side or a post on the host's. ``rank_code`` follows STANAG 2116 (OF-8)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    rank_code = models.CharField(max_length=8, blank=True)
    nation = models.ForeignKey(Nation, on_delete=models.PROTECT, null=True, related_name="billets")
    duty = models.CharField(max_length=30, blank=True)
    is_public = models.BooleanField(default=False)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Position"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.title.get("en", self.code))


class Tour(models.Model):
    """A person holds a position for a period, in a rank as it is written. PostgreSQL refuses a second incumbent."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="tours")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tours")
    rank = models.JSONField(default=dict)
    period = DateRangeField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Tour"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="tour_one_incumbent_at_a_time",
                expressions=[("position", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.position}"


class Pairing(models.Model):
    """Advisor's billet and counterpart's post, post to post, so that the relation survives both people (S6)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    advisor = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="counterparts")
    counterpart = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="advisors")
    period = DateRangeField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Pairing"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="pairing_no_overlap",
                expressions=[("advisor", "="), ("counterpart", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.advisor} - {self.counterpart}"
