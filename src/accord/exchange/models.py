from typing import Any, ClassVar

from django.db import models

from accord.kernel.keys import new_key
from accord.wall.tables import Guarded


class LoadedRecord(models.Model):
    """A record that came from the mission's files, as last loaded.

    ``columns`` and ``parts`` say what the files wrote, so that the next load changes only what the files changed and
    never touches what people wrote in Accord since. ``parts`` maps each list to the digests and keys of its rows.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=300)
    object_id = models.UUIDField()
    columns = models.JSONField()
    parts = models.JSONField(default=dict)

    objects: ClassVar[Guarded["LoadedRecord"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_record_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
