from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Entry(models.Model):
    """One line of the trail. The name of the actor is kept as it was, so that history reads without other tables."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField(default=now, db_index=True)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_roles = models.JSONField(default=list)
    channel = models.CharField(max_length=30)
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.UUIDField(null=True)
    object_name = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    marking = MarkingField(default="mission")

    objects: ClassVar[Guarded["Entry"]] = Guarded()

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail entries")
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"
