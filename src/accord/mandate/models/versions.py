from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.choices import ActivityType, ExpansionState, VersionState
from accord.mandate.models.requests import HostRequest, Instrument
from accord.people.models import Organisation
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class MandateVersion(models.Model):
    """What the mission may do between two days. PostgreSQL refuses one in force without all three acts (S1)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    request = models.ForeignKey(HostRequest, on_delete=models.PROTECT, null=True, related_name="versions")
    invitation = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    period = DateRangeField(null=True)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["MandateVersion"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="version_in_force_has_all_three_acts",
                condition=Q(state="draft")
                | Q(request__isnull=False, invitation__isnull=False, decision__isnull=False, period__isnull=False),
            ),
            ExclusionConstraint(
                name="version_one_in_force_at_a_time",
                expressions=[("period", RangeOperators.OVERLAPS)],
                condition=Q(state="in_force"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title.get('en', '')}"


class Clause(models.Model):
    """One numbered statement of a version. ``code`` is what verdicts and claims cite (S12a)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    version = models.ForeignKey(MandateVersion, on_delete=models.CASCADE, related_name="clauses")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    text = models.JSONField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Clause"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "code"], name="clause_code_once_a_version")
        ]

    def __str__(self) -> str:
        return self.code


class VersionInstitution(models.Model):
    """An institution the mission may work with under this version (S6, S7)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    version = models.ForeignKey(MandateVersion, on_delete=models.CASCADE, related_name="institutions")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    with_subordinates = models.BooleanField(default=True)
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["VersionInstitution"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "institution"], name="version_institution_once")
        ]

    def __str__(self) -> str:
        return str(self.institution)


class ExpansionStep(models.Model):
    """A bounded step of growth (S10a): what, where, how many at most, until when; then a review.

    ``headcount_cap`` counts people of the mission. A step in force must end, and must rest on a host request (S10b).
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)
    title = models.JSONField()
    request = models.ForeignKey(HostRequest, on_delete=models.PROTECT, null=True, related_name="expansions")
    activity_types = ArrayField(models.CharField(max_length=30), default=list)
    headcount_cap = models.PositiveIntegerField(null=True)
    period = DateRangeField(null=True)
    state = models.CharField(max_length=20, choices=ExpansionState, default=ExpansionState.PROPOSED)
    review = models.JSONField(default=dict)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    source = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["ExpansionStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="expansion_types_are_in_the_closed_list",
                condition=Q(activity_types__contained_by=ActivityType.values),
            ),
            models.CheckConstraint(
                name="expansion_in_force_is_bounded",
                condition=Q(state="proposed")
                | Q(
                    request__isnull=False,
                    headcount_cap__isnull=False,
                    period__isnull=False,
                    period__upper_inf=False,
                    period__lower_inf=False,
                ),
            ),
            models.CheckConstraint(
                name="expansion_reviewed_is_signed",
                condition=~Q(state="reviewed") | (Q(reviewed_at__isnull=False) & ~Q(reviewed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title.get('en', '')}"


class ExpansionInstitution(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    expansion = models.ForeignKey(ExpansionStep, on_delete=models.CASCADE, related_name="institutions")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    with_subordinates = models.BooleanField(default=True)

    objects: ClassVar[Guarded["ExpansionInstitution"]] = Guarded()

    def __str__(self) -> str:
        return str(self.institution)


class ExpansionPlace(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    expansion = models.ForeignKey(ExpansionStep, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Guarded["ExpansionPlace"]] = Guarded()

    def __str__(self) -> str:
        return str(self.place)
