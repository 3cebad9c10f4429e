from typing import Any, ClassVar

from django.db import models

from accord.access.models import Account
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.wall.tables import Guarded


class Notice(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    text = models.JSONField()
    link = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Notice"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["account", "read_at"])]

    def __str__(self) -> str:
        return str(self.text.get("en", ""))
