"""Who may read what: levels, compartments and markings, which are the mission's own data; and who was let in."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.access.choices import GrantState
from accord.access.models.accounts import Account
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.wall.tables import Guarded


class Level(models.Model):
    """A level of the mission's marking policy; who is cleared for a rank reads all up to it.

    ``ordinary_for`` names the sides whose people read up to this level without a clearance of their own.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    rank = models.PositiveSmallIntegerField(unique=True)
    name = models.JSONField()
    ordinary_for = ArrayField(models.CharField(max_length=20), default=list)

    objects: ClassVar[Guarded["Level"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class Compartment(models.Model):
    """A circle of people with a need to know. Its steward is whoever holds ``steward_role``.

    ``needs_two`` asks for a second person beside the granter, as for VETTING.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.JSONField()
    purpose = models.JSONField(default=dict)
    steward_role = models.CharField(max_length=30)
    needs_two = models.BooleanField(default=False)

    objects: ClassVar[Guarded["Compartment"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class Marking(models.Model):
    """What a record can be marked with (ADatP-4774: policy, level, permissive and restrictive categories).

    ``releasable_to`` holds sides (``host``), nations (``nation:DNK``), organisations (``organisation:nmi``); a reader
    needs one of them. ``compartments`` are codes; a reader needs all of them.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField()
    name = models.JSONField()
    policy = models.CharField(max_length=80)
    level = models.CharField(max_length=40)
    releasable_to = ArrayField(models.CharField(max_length=80), default=list)
    compartments = ArrayField(models.CharField(max_length=40), default=list)

    objects: ClassVar[Guarded["Marking"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class CompartmentGrant(models.Model):
    """Somebody is let into a compartment, for a purpose and until a day, at the latest that of his tour.

    ``granted_by`` and ``seconded_by`` are accounts; neither is the holder's. A grant holds from the moment it is in
    force; one that nobody confirms for a month lapses (``confirmed_on``).
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="compartment_grants")
    compartment = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)
    period = DateRangeField()
    state = models.CharField(max_length=20, choices=GrantState, default=GrantState.PROPOSED)
    granted_by = models.UUIDField()
    granted_by_name = models.CharField(max_length=200)
    seconded_by = models.UUIDField(null=True)
    seconded_by_name = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[Guarded["CompartmentGrant"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="compartment_grant_is_bounded", condition=Q(period__upper_inf=False)),
            models.CheckConstraint(
                name="compartment_grant_not_to_oneself",
                condition=~Q(granted_by=F("account")) & (Q(seconded_by=None) | ~Q(seconded_by=F("account"))),
            ),
            models.CheckConstraint(
                name="compartment_grant_by_two_different_people",
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("granted_by")),
            ),
            ExclusionConstraint(
                name="compartment_grant_once_at_a_time",
                expressions=[("account", "="), ("compartment", "="), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(state="ended"),
            ),
        ]

    def __str__(self) -> str:
        return self.compartment


class BreakGlass(models.Model):
    """A look into a compartment in an emergency: two people, a reason, four hours, reading only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="emergencies")
    compartment = models.CharField(max_length=40)
    reason = models.TextField()
    asked_at = models.DateTimeField(default=now)
    allowed_by = models.UUIDField(null=True)
    allowed_by_name = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["BreakGlass"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="break_glass_takes_two", condition=Q(allowed_by=None) | ~Q(allowed_by=F("account"))
            ),
            models.CheckConstraint(
                name="break_glass_open_is_bounded",
                condition=Q(allowed_by=None) | Q(starts_at__isnull=False, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.compartment
