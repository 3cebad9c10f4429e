from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.choices import ActivityType, InstrumentKind, RequestPurpose, RequestState
from accord.people.models import Organisation, Position
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class HostRequest(models.Model):
    """What the host government asks for (S1, S10b). Only the host's own people submit one.

    Once accepted, it is the *requirement*, the first of the three keys (S11), for the days of ``validity``.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    purpose = models.CharField(max_length=20, choices=RequestPurpose)
    title = models.JSONField()
    text = models.JSONField(default=dict)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests")
    activity_types = ArrayField(models.CharField(max_length=30), default=list)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=RequestState, default=RequestState.DRAFTED)
    validity = DateRangeField(null=True)
    decided_on = models.DateField(null=True)
    source = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["HostRequest"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-submitted_on", "code"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="request_types_are_in_the_closed_list",
                condition=Q(activity_types__contained_by=ActivityType.values),
            ),
            models.CheckConstraint(
                name="request_submitted_is_dated",
                condition=Q(state="drafted") | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="request_accepted_has_validity",
                condition=~Q(state="accepted") | Q(validity__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("en") or next(iter(self.title.values()), self.code))


class RequestStep(models.Model):
    """One change of state of a request; written once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.ForeignKey(HostRequest, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    effective_on = models.DateField()
    at = models.DateTimeField(default=now)
    actor_name = models.CharField(max_length=200)
    remark = models.TextField(blank=True)

    objects: ClassVar[Guarded["RequestStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["effective_on", "at", "id"]

    def __str__(self) -> str:
        return self.name


class Instrument(models.Model):
    """A dated act of an authority: invitation, decision, area order. ``digest`` is the document's SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=InstrumentKind)
    title = models.JSONField()
    issued_by = models.JSONField(default=dict)
    issued_on = models.DateField()
    date_precision = models.CharField(max_length=5, default="day")
    reference = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Instrument"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["issued_on", "code"]

    def __str__(self) -> str:
        return str(self.title.get("en", self.code))
