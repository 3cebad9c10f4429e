from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.keys import new_key
from accord.people.choices import OrganisationKind, RelationKind, Side
from accord.places.models import Place
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Organisation(models.Model):
    """``period`` is the time it exists or works with the mission; its place in the tree is dated apart."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    short_name = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    side = models.CharField(max_length=20, choices=Side)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="organisations")
    period = DateRangeField()
    contact = models.JSONField(default=dict)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Organisation"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.name.get("en", self.code))


class OrganisationAlias(models.Model):
    """Another spelling or short form; ``folded`` is its spelling-blind form."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)

    objects: ClassVar[Guarded["OrganisationAlias"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organisation", "folded"], name="organisation_alias_once")
        ]

    def __str__(self) -> str:
        return self.text


class OrganisationTie(models.Model):
    """One organisation stands under another for a period."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    child = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_up")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties_down")
    period = DateRangeField()
    source = models.JSONField(default=dict)

    objects: ClassVar[Guarded["OrganisationTie"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="organisation_one_parent_at_a_time",
                expressions=[("child", "="), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(name="organisation_not_its_own_parent", condition=~Q(child=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.child} < {self.parent}"


class Relation(models.Model):
    """A dated relation between organisations that is not the tree: membership, coordination, support (S20, S21)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=RelationKind)
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="related_from")
    means = models.JSONField(default=dict)
    period = DateRangeField()
    source = models.JSONField(default=dict)
    marking = MarkingField(default="public")

    objects: ClassVar[Guarded["Relation"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="relation_no_overlap",
                expressions=[("subject", "="), ("target", "="), ("kind", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.get_kind_display()} {self.target}"
