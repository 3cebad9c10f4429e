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


class Seal(models.Model):
    """A batch of entries under one hash, signed. ``seals.Checkpoint`` says what each column means."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    first = models.UUIDField()
    last = models.UUIDField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    objects: ClassVar[Guarded["Seal"]] = Guarded()

    class Meta:
        verbose_name = _("seal of the trail")
        verbose_name_plural = _("seals of the trail")
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} ({self.count})"


class SealedEntry(models.Model):
    """That an entry stands under a seal, with the hash it had. Within a seal the order is that of the entries' keys."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, to_field="number", db_index=False)
    hash = models.BinaryField(max_length=32)

    objects: ClassVar[Guarded["SealedEntry"]] = Guarded()

    class Meta:
        verbose_name = _("sealed entry")
        verbose_name_plural = _("sealed entries")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["seal", "entry"])]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.seal_id})"
