from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.publishing.choices import EditionState
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class ClaimTemplate(models.Model):
    """A sentence of the fact sheet, from the mission's files.

    ``claim`` is what the sentence is about; its wordings follow one another in time. ``sentence`` maps language to
    text with {slots}; ``binding`` names the reading of the records that fills them; ``clause`` is the seed clause that
    the claim answers.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    claim = models.SlugField(max_length=60)
    section = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    binding = models.CharField(max_length=60)
    options = models.JSONField(default=dict)
    sentence = models.JSONField()
    clause = models.CharField(max_length=20, blank=True)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    marking = MarkingField(default="mission")

    objects: ClassVar[Guarded["ClaimTemplate"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "code"]
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="claim_one_wording_at_a_time",
                expressions=[("claim", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """A fact sheet as of a day. Published content is frozen: PostgreSQL refuses to change it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    number = models.PositiveIntegerField(unique=True)
    as_of = models.DateField()
    state = models.CharField(max_length=20, choices=EditionState, default=EditionState.DRAFT)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    correction_note = models.JSONField(default=dict)
    prepared_by = models.CharField(max_length=200)
    prepared_at = models.DateTimeField(default=now)
    published_by = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Edition"]] = Guarded()
    marking = MarkingField(default="mission")

    class Meta:
        ordering: ClassVar[list[str]] = ["-as_of", "-number"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="edition_published_is_signed",
                condition=Q(state="draft") | (Q(published_at__isnull=False) & ~Q(published_by="")),
            ),
            models.UniqueConstraint(
                fields=["as_of"], condition=Q(state="published"), name="edition_one_published_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.as_of})"


class EditionStep(models.Model):
    """One change of state of an edition; written once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=30)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    actor_name = models.CharField(max_length=200)
    reason = models.JSONField(default=dict)

    objects: ClassVar[Guarded["EditionStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.name
