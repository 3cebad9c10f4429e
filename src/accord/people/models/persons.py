from typing import ClassVar

from django.db import models

from accord.access.models import Account
from accord.kernel.keys import new_key
from accord.people.choices import Side
from accord.people.models.nations import Nation
from accord.wall.fields import MarkingField
from accord.wall.tables import Guarded


class Person(models.Model):
    """What is shown of a person. The key is a pseudonym: identity and contact data live in tables of their own."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    shown_name = models.JSONField()
    side = models.CharField(max_length=20, choices=Side)
    nation = models.ForeignKey(Nation, on_delete=models.PROTECT, null=True, related_name="persons")
    account = models.OneToOneField(Account, on_delete=models.SET_NULL, null=True, related_name="person")
    is_fictional = models.BooleanField(default=False)
    source = models.JSONField(default=dict)
    marking = MarkingField(default="mission")

    objects: ClassVar[Guarded["Person"]] = Guarded()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return str(self.shown_name.get("en") or next(iter(self.shown_name.values()), self.code))


class Identity(models.Model):
    """Who the person is, in each script. Read only by those who keep the register."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="identity")
    given_names = models.JSONField(default=dict)
    family_names = models.JSONField(default=dict)

    objects: ClassVar[Guarded["Identity"]] = Guarded()

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return str(self.person_id)


class Contact(models.Model):
    """How to reach the person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=60, blank=True)

    objects: ClassVar[Guarded["Contact"]] = Guarded()

    def __str__(self) -> str:
        return str(self.person_id)
