"""Two tables for two circles: who asked about whom, and what came of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.people.models import Organisation, Person
from accord.vetting.choices import CaseState
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded

LONGEST_REFERENCE = 60


class VettingRequest(models.Model):
    """Somebody asks about a person or a unit, for a purpose and a course or other assistance.

    ``serving_in`` is the unit of the person on the day of asking; ``course_key`` the course without spelling. Nothing
    in this row changes with the outcome.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="vetting_requests")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="vetting_requests")
    serving_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=300)
    course = models.CharField(max_length=200)
    course_key = models.CharField(max_length=200)
    requested_by = models.UUIDField()
    requested_by_name = models.CharField(max_length=200)
    requested_on = models.DateField()
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="mission")

    objects: ClassVar[Guarded["VettingRequest"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="vetting_of_one_person_or_one_unit",
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False, serving_in__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"vetting request {self.pk.hex[-8:]}"


class VettingStep(models.Model):
    """A request was taken into check, or decided; written once and read inside VETTING only.

    ``reference`` points to where the reasons are kept: a file number without blanks, so that no sentence fits in.
    ``valid_until`` is the first day on which a clearance no longer holds.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.ForeignKey(VettingRequest, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=20)
    origin = models.CharField(max_length=20, choices=CaseState)
    target = models.CharField(max_length=20, choices=CaseState)
    at = models.DateTimeField(default=now)
    effective_on = models.DateField()
    valid_until = models.DateField(null=True)
    reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    account_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    marking = MarkingField(default="vetting")

    objects: ClassVar[Guarded["VettingStep"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="vetting_clearance_has_an_end",
                condition=~Q(target__in=("clear", "conditional")) | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="vetting_reference_is_a_pointer", condition=Q(reference__regex=r"^[[:alnum:]./:_-]{0,60}$")
            ),
        ]

    def __str__(self) -> str:
        return str(self.request)
