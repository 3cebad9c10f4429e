from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accord.coordination.choices import ResourceKind
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.people.models import Organisation
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Booking(models.Model):
    """Something that takes time. ``time`` is half-open and in UTC; ``owner`` is the mission or a partner.

    ``subject_id`` names what is behind it without the calendar knowing what that is.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bookings")
    title = models.JSONField()
    time = DateTimeRangeField()
    subject_id = models.UUIDField(null=True, db_index=True)
    is_firm = models.BooleanField(default=True)
    link = models.CharField(max_length=300, blank=True)
    source = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    marking = MarkingField(default="host")

    objects: ClassVar[Guarded["Booking"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="booking_time_is_bounded", condition=Q(time__lower_inf=False, time__upper_inf=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.title.get("en") or next(iter(self.title.values()), ""))


class BookingClaim(models.Model):
    """A diary taken by a booking. Two firm claims on the same diary at the same time are refused by PostgreSQL.

    ``organisation`` is whose diary it is: the organisation itself, or that of the position.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=20, choices=ResourceKind)
    resource_id = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    time = DateTimeRangeField()
    is_firm = models.BooleanField(default=True)

    objects: ClassVar[Guarded["BookingClaim"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="diary_no_double_booking",
                expressions=[("resource_id", "="), ("time", RangeOperators.OVERLAPS)],
                condition=Q(is_firm=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.resource_id}"
