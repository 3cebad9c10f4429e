from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.choices import AccordState, ActivityType
from accord.mandate.models.requests import HostRequest
from accord.people.models import Organisation, Position
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Accord(models.Model):
    """Consent of the host government to activities within a scope (S12a).

    The text stands in both languages; each side's signature names the position that had authority on that day.
    ``state`` is where the step recorded last leads, be it on a coming day; what holds on a day is read from the steps.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    text = models.JSONField(default=dict)
    conditions = models.JSONField(default=dict)
    request = models.ForeignKey(HostRequest, on_delete=models.PROTECT, null=True, related_name="accords")
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="amendments")
    activity_types = ArrayField(models.CharField(max_length=30), default=list)
    period = DateRangeField()
    state = models.CharField(max_length=20, choices=AccordState, default=AccordState.PROPOSED)
    host_signatory = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="+")
    host_signed_on = models.DateField(null=True)
    mission_signatory = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="+")
    mission_signed_on = models.DateField(null=True)
    proposed_by = models.CharField(max_length=200, blank=True)
    source = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Accord"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-period", "code"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="accord_types_are_in_the_closed_list",
                condition=Q(activity_types__contained_by=ActivityType.values),
            ),
            models.CheckConstraint(
                name="accord_in_force_is_signed_by_both",
                condition=Q(state__in=["proposed", "withdrawn"])
                | Q(
                    host_signatory__isnull=False,
                    host_signed_on__isnull=False,
                    mission_signatory__isnull=False,
                    mission_signed_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="accord_period_is_bounded",
                condition=Q(period__lower_inf=False, period__upper_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("en") or next(iter(self.title.values()), self.code))


class AccordInstitution(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    accord = models.ForeignKey(Accord, on_delete=models.CASCADE, related_name="institutions")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    with_subordinates = models.BooleanField(default=True)

    objects: ClassVar[Guarded["AccordInstitution"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["accord", "institution"], name="accord_institution_once")
        ]

    def __str__(self) -> str:
        return str(self.institution)


class AccordPlace(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    accord = models.ForeignKey(Accord, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Guarded["AccordPlace"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["accord", "place"], name="accord_place_once")
        ]

    def __str__(self) -> str:
        return str(self.place)


class AccordStep(models.Model):
    """One change of state. It takes effect on ``effective_on`` and was recorded ``at``; written once, never changed."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    accord = models.ForeignKey(Accord, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    effective_on = models.DateField()
    at = models.DateTimeField(default=now)
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    objects: ClassVar[Guarded["AccordStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["effective_on", "at", "id"]

    def __str__(self) -> str:
        return self.name
