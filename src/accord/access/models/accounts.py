from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.wall.tables import Guarded


class AccountManager(Guarded["Account"], BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username or "")


class Account(AbstractBaseUser):
    """A sign-in. What the person may do comes from grants; who the person is, from the people register.

    Nobody enters before somebody else than the inviter has verified whom it belongs to (``verified_at``). ``clearance``
    is the code of the highest level its holder may read; empty means the ordinary level of his side.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    username = models.CharField(_("user name"), max_length=80, unique=True)
    display_name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    clearance = models.CharField(max_length=40, blank=True)
    invited_by = models.UUIDField(null=True)
    verified_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD: ClassVar[str] = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.display_name


class AccountContact(models.Model):
    """Where the invitation and security messages go; kept apart, since few need it."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    email = models.EmailField()

    objects: ClassVar[Guarded["AccountContact"]] = Guarded()

    def __str__(self) -> str:
        return str(self.account_id)


class Invitation(models.Model):
    """A link with which the holder chooses his first password or passkey. Only a keyed hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Invitation"]] = Guarded()

    def __str__(self) -> str:
        return str(self.account_id)


class Grant(models.Model):
    """An account holds a role for a period."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    period = DateRangeField()
    granted_by = models.CharField(max_length=200)

    objects: ClassVar[Guarded["Grant"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="grant_once_at_a_time",
                expressions=[("account", "="), ("role", "="), ("period", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"
