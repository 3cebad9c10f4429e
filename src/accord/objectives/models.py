from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.objectives.choices import Level, ObjectiveState, SelfReliance
from accord.people.models import Position
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class FocusArea(models.Model):
    """One of the mission's fields of work (S8). ``dac_codes`` are OECD DAC purpose codes."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField()
    name = models.JSONField()
    dac_codes = models.JSONField(default=list)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["FocusArea"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class Objective(models.Model):
    """An end, a way or a means. Ways hang on ends, means on ways.

    PostgreSQL refuses an open way or means without host owner and exit criterion; the use case also asks for an
    indicator with its baseline.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    title = models.JSONField()
    host_owner = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="owned_objectives")
    exit_criterion = models.JSONField(default=dict)
    self_reliance = models.CharField(max_length=20, choices=SelfReliance, blank=True)
    state = models.CharField(max_length=20, choices=ObjectiveState, default=ObjectiveState.PROPOSED)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Objective"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="objective_hangs_on_one_above",
                condition=Q(level="end", parent__isnull=True) | (~Q(level="end") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(name="objective_not_its_own_parent", condition=~Q(parent=F("id"))),
            models.CheckConstraint(
                name="objective_open_is_owned",
                condition=Q(level="end") | ~Q(state="open") | (Q(host_owner__isnull=False) & ~Q(exit_criterion={})),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("en") or next(iter(self.title.values()), self.code))


class ObjectiveFocus(models.Model):
    """The objective serves this focus area."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="focus")
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="objectives")

    objects: ClassVar[Guarded["ObjectiveFocus"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["objective", "focus_area"], name="objective_focus_once")
        ]

    def __str__(self) -> str:
        return f"{self.objective}: {self.focus_area}"


class Indicator(models.Model):
    """What will be read to know how far the objective is reached, and where it stood at the start."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="indicators")
    name = models.JSONField()
    unit = models.CharField(max_length=60, blank=True)
    baseline = models.CharField(max_length=200, blank=True)
    baseline_on = models.DateField(null=True)
    target = models.CharField(max_length=200, blank=True)
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Indicator"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="indicator_baseline_is_dated", condition=Q(baseline="") | Q(baseline_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.name.get("en", ""))


class ObjectiveStep(models.Model):
    """One change of state of an objective; written once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    remark = models.TextField(blank=True)

    objects: ClassVar[Guarded["ObjectiveStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.name
