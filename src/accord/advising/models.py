from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accord.advising.choices import Atmosphere, CancelReason, CommitmentState, EngagementState, ReportState
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.models import Accord
from accord.objectives.models import FocusArea, Objective
from accord.people.choices import Side
from accord.people.models import Organisation, Position
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Engagement(models.Model):
    """A meeting of advisors and counterparts. ``starts_at`` and ``ends_at`` are instants in UTC.

    ``accord`` is the consent under which the gate let it be planned and conducted; PostgreSQL refuses a conducted
    engagement without one unless it is history from before Accord, which is never counted as consented. ``concerns``
    are the organisations at the table, whose people may know of it.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    type = models.CharField(max_length=30, choices=ActivityType, default=ActivityType.ADVISE)
    topic = models.CharField(max_length=300)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="engagements")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="engagements")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lead = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="led_engagements")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="engagements")
    interpreter = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=EngagementState, default=EngagementState.DRAFT)
    accord = models.ForeignKey(Accord, on_delete=models.PROTECT, null=True, related_name="engagements")
    hold = models.JSONField(default=list)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    is_history = models.BooleanField(default=False)
    concerns = ArrayField(models.UUIDField(), default=list)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Engagement"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "starts_at"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="engagement_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="engagement_type_is_in_the_closed_list", condition=Q(type__in=ActivityType.values)
            ),
            models.CheckConstraint(
                name="engagement_conducted_under_an_accord",
                condition=~Q(state__in=["planned", "conducted"])
                | Q(accord__isnull=False)
                | Q(state="conducted", is_history=True),
            ),
            models.CheckConstraint(
                name="engagement_cancelled_with_reason", condition=~Q(state="cancelled") | ~Q(cancel_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class EngagementFocus(models.Model):
    """The engagement serves this focus area; every engagement has at least one (S8)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="focus")
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="engagements")

    objects: ClassVar[Guarded["EngagementFocus"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["engagement", "focus_area"], name="engagement_focus_once")
        ]

    def __str__(self) -> str:
        return str(self.focus_area)


class Participant(models.Model):
    """A position at the table, on either side; the person is whoever holds it on the day."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="participants")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="participations")
    side = models.CharField(max_length=20, choices=Side)

    objects: ClassVar[Guarded["Participant"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["engagement", "position"], name="participant_once")
        ]

    def __str__(self) -> str:
        return str(self.position)


class EngagementStep(models.Model):
    """One change of state, with the verdict of the gate where it was asked; written once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    remark = models.TextField(blank=True)
    verdict = models.JSONField(default=dict)

    objects: ClassVar[Guarded["EngagementStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """What happened. Discussed and outcome may be read by the mission; the atmosphere is internal to it (S12b)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    engagement = models.OneToOneField(Engagement, on_delete=models.CASCADE, related_name="report")
    discussed = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    atmosphere = models.CharField(max_length=20, choices=Atmosphere, blank=True)
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DRAFT)
    author = models.UUIDField(null=True)
    author_name = models.CharField(max_length=200)
    wording_cleared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    marking = MarkingField(default="mission")

    objects: ClassVar[Guarded["Report"]] = Guarded()

    def __str__(self) -> str:
        return str(self.engagement)


class ReportStep(models.Model):
    """One change of state of a report; written once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    remark = models.TextField(blank=True)

    objects: ClassVar[Guarded["ReportStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """A promise of one side, with its owner and the day it is due (S14); shared once its report is with the chief."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="commitments")
    side = models.CharField(max_length=20, choices=Side)
    owner = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="commitments")
    text = models.CharField(max_length=500)
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=CommitmentState, default=CommitmentState.OPEN)
    settled_on = models.DateField(null=True)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Commitment"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="commitment_settled_is_dated", condition=Q(state="open") | Q(settled_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.text
