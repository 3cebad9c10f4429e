from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accord.kernel.keys import new_key
from accord.mandate.choices import ControlStatusKind, Matter, PostureKind, Rating
from accord.mandate.models.requests import Instrument
from accord.mandate.models.versions import ExpansionStep
from accord.people.models import Organisation, Position
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class SigningAuthority(models.Model):
    """A position may sign a matter for its side during a period."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="authorities")
    matter = models.CharField(max_length=30, choices=Matter)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["SigningAuthority"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="authority_no_overlap",
                expressions=[("position", "="), ("matter", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.get_matter_display()}"


class ControlStatus(models.Model):
    """Is the institution under the government's direct control (S15)? Signed by a named authority; it expires."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="control_statuses")
    status = models.CharField(max_length=30, choices=ControlStatusKind)
    with_subordinates = models.BooleanField(default=False)
    period = DateRangeField()
    signed_by = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["ControlStatus"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="control_status_one_at_a_time",
                expressions=[("institution", "="), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="control_status_expires", condition=Q(period__upper_inf=False, period__lower_inf=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_status_display()}"


class Area(models.Model):
    """Where work may be done, in force for a period, set by an instrument (S7, S10c)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    period = DateRangeField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="areas")
    expansion = models.ForeignKey(ExpansionStep, on_delete=models.PROTECT, null=True, related_name="areas")
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Area"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="area_names_what_set_it",
                condition=Q(instrument__isnull=False) | Q(expansion__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class AreaPlace(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="areas")

    objects: ClassVar[Guarded["AreaPlace"]] = Guarded()

    def __str__(self) -> str:
        return str(self.place)


class Posture(models.Model):
    """Where the mission is and what it can do there, one at a time (S2)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    kind = models.CharField(max_length=20, choices=PostureKind)
    headquarters = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()
    reason = models.JSONField(default=dict)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Posture"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(name="posture_one_at_a_time", expressions=[("period", RangeOperators.OVERLAPS)])
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ConditionsAssessment(models.Model):
    """Conditions on the ground in a place and all within it, rated and expiring: the third key (S11)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="conditions")
    rating = models.CharField(max_length=10, choices=Rating)
    period = DateRangeField()
    assessed_by = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    note = models.JSONField(default=dict)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["ConditionsAssessment"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="conditions_one_at_a_time",
                expressions=[("place", "="), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="conditions_expire", condition=Q(period__upper_inf=False, period__lower_inf=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_rating_display()}"


class OperationsFlag(models.Model):
    """A host unit is on operations, so no activity with it may take place (S13). Nothing else is kept about it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    unit = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="operations_flags")
    period = DateRangeField()
    noted_by = models.CharField(max_length=200)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["OperationsFlag"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="operations_flag_no_overlap",
                expressions=[("unit", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)
