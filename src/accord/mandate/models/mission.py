from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accord.kernel.keys import new_key
from accord.people.models import Nation, Organisation
from accord.wall.tables import Guarded


class Mission(models.Model):
    """The one mission of this installation. ``parameters`` hold the gate's rules as the mission's files set them."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    name = models.JSONField()
    acronym = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    host_government = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    host_nation = models.ForeignKey(Nation, on_delete=models.PROTECT, related_name="+")
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=60)
    established_on = models.DateField()
    summary = models.JSONField(default=dict)
    contacts = models.JSONField(default=dict)
    parameters = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Guarded["Mission"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(name="mission_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.acronym
